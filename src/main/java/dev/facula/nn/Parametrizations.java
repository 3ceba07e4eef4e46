package dev.facula.nn;

import dev.facula.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Ready-made parametrizations, PyTorch's {@code torch.nn.utils.parametrizations}. */
public final class Parametrizations {
  private Parametrizations() {}

  /** Of {@code weight}, with a norm for each index of dimension 0. */
  public static <M extends Module> M weightNorm(M module) {
    return weightNorm(module, "weight", 0);
  }

  /**
   * Trains the length and the direction of a tensor apart: {@code original0} holds the norms,
   * {@code original1} the directions.
   *
   * <pre>{@code
   * Linear layer = Parametrizations.weightNorm(new Linear(20, 40));
   * }</pre>
   *
   * <p>Salimans and Kingma, "Weight Normalization", 2016.
   *
   * @param name a parameter of the module itself
   * @param dim there is a norm for each index of it; -1 for one of the whole tensor
   * @return the module
   */
  public static <M extends Module> M weightNorm(M module, String name, int dim) {
    return Parametrize.register(module, name, new WeightNorm(dim), o -> o.unsafe(true));
  }

  private static final class WeightNorm extends Module implements Parametrize.SeveralOriginals {
    private final int dim;

    WeightNorm(int dim) {
      this.dim = dim;
    }

    @Override
    public Tensor forward(List<Tensor> originals) {
      Tensor v = originals.get(1);
      return v.mul(originals.get(0).div(norm(v)));
    }

    @Override
    public List<Tensor> rightInverse(Tensor value) {
      return List.of(norm(value), value);
    }

    private Tensor norm(Tensor v) {
      if (dim == -1) {
        return v.norm();
      }
      int[] others =
          IntStream.range(0, v.dim()).filter(d -> d != Math.floorMod(dim, v.dim())).toArray();
      return others.length == 0 ? v.abs() : v.square().sum(others, true).sqrt();
    }
  }
}
