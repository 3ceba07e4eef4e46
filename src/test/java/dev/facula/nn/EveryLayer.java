package dev.facula.nn;

import dev.facula.DType;
import dev.facula.PadMode;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Layers of every kind with a call of each, for what must hold for all of them. */
final class EveryLayer {
  /**
   * A layer and how it is called.
   *
   * @param forward a plain forward
   * @param call the same by call
   */
  record Case(
      String name, Module module, Function<Module, Object> forward, Function<Module, Object> call) {
    /** A plain forward, as one tensor. */
    Tensor run(Module m) {
      return tensor(forward.apply(m));
    }

    Tensor tensor(Object result) {
      if (result instanceof LSTM.Result r) {
        return Tensor.cat(
            List.of(r.output().flatten(), r.state().h().flatten(), r.state().c().flatten()), 0);
      }
      if (result instanceof LSTM.State s) {
        return Tensor.cat(List.of(s.h(), s.c()), 0);
      }
      if (result instanceof MultiheadAttention.Result r) {
        return r.output();
      }
      return (Tensor) result;
    }
  }

  private EveryLayer() {}

  /** Values without pattern: sin(0.7 i + start) / 2. */
  static Tensor wave(double start, int... shape) {
    return Tensor.arange(Tensor.zeros(shape).numel())
        .to(DType.FLOAT64)
        .mul(0.7)
        .add(start)
        .sin()
        .mul(0.5)
        .reshape(shape);
  }

  /** A module in float64 whose parameters are waves that begin at 0, 1, 2, …. */
  static <M extends Module> M filled(M module) {
    module.to(DType.FLOAT64);
    List<Tensor> all = module.parameters();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).setData(wave(i, all.get(i).shape()));
    }
    return module;
  }

  private static Case one(Module module, Tensor x) {
    return new Case(module.name(), filled(module), m -> m.forward(x), m -> m.call(x));
  }

  private static <M extends Module> Case two(
      String name,
      M module,
      Tensor a,
      Tensor b,
      Function<M, BiFunction<Tensor, Tensor, Object>> f) {
    @SuppressWarnings("unchecked")
    Function<Module, Object> forward = m -> f.apply((M) m).apply(a, b);
    @SuppressWarnings("unchecked")
    Function<Module, Object> call = m -> m.call(f.apply((M) m), a, b);
    return new Case(name, filled(module), forward, call);
  }

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    Tensor x = wave(5, 4, 3);
    Tensor signal = wave(5, 2, 4, 6);
    Tensor image = wave(5, 2, 4, 6, 6);
    Tensor volume = wave(5, 1, 4, 4, 4, 4);
    all.add(one(new Linear(3, 2), x));
    all.add(one(new Linear(3, 2, o -> o.bias(false)), x));
    all.add(one(new Conv1d(4, 3, 3), signal));
    all.add(one(new Conv2d(4, 3, 3, o -> o.padding("same")), image));
    all.add(one(new Conv2d(4, 3, 3, o -> o.padding(1).paddingMode(PadMode.REFLECT)), image));
    all.add(one(new Conv3d(4, 2, 2), volume));
    all.add(one(new ConvTranspose1d(4, 3, 3), signal));
    all.add(one(new ConvTranspose2d(4, 3, 3), image));
    all.add(one(new ConvTranspose3d(4, 2, 2), volume));
    all.add(one(new BatchNorm1d(4), signal));
    all.add(one(new BatchNorm2d(4), image));
    all.add(one(new BatchNorm3d(4), volume));
    all.add(one(new InstanceNorm1d(4, o -> o.affine(true).trackRunningStats(true)), signal));
    all.add(one(new InstanceNorm2d(4, o -> o.affine(true)), image));
    all.add(one(new GroupNorm(2, 4), image));
    all.add(one(new LayerNorm(6), image));
    all.add(one(new RMSNorm(6), image));
    all.add(one(new PReLU(4, 0.25), image));
    Tensor indices = Tensor.of(new long[] {0, 2, 1, 2}, 2, 2);
    all.add(one(new Embedding(3, 2), indices));
    all.add(one(new EmbeddingBag(3, 2), indices));
    all.add(two("Bilinear", new Bilinear(3, 2, 2), x, wave(1, 4, 2), m -> m::forward));
    Tensor steps = wave(2, 5, 2, 3);
    Tensor state = wave(3, 2, 2, 2);
    all.add(one(new RNN(3, 2, o -> o.bidirectional(true)), steps));
    all.add(one(new GRU(3, 2, o -> o.bias(false)), steps));
    all.add(one(new LSTM(3, 2, o -> o.numLayers(2)), steps));
    all.add(
        two(
            "LSTM with states",
            new LSTM(3, 2, o -> o.numLayers(2)),
            steps,
            state,
            m -> (a, b) -> m.forward(a, new LSTM.State(b, b.mul(2)))));
    all.add(one(new LSTM(3, 4, o -> o.projSize(2)), steps));
    all.add(
        two(
            "GRU with states",
            new GRU(3, 2, o -> o.numLayers(2)),
            steps,
            state,
            m -> (a, b) -> m.forward(a, b).output()));
    Tensor h = wave(3, 4, 2);
    all.add(two("GRUCell", new GRUCell(3, 2), x, h, m -> m::forward));
    all.add(
        two(
            "LSTMCell",
            new LSTMCell(3, 2),
            x,
            h,
            m -> (a, b) -> m.forward(a, new LSTM.State(b, b.mul(2)))));
    all.add(two("RNNCell", new RNNCell(3, 2), x, h, m -> m::forward));
    Tensor sequence = wave(2, 5, 2, 4);
    all.add(one(new MultiheadAttention(4, 2), sequence));
    all.add(
        two(
            "MultiheadAttention",
            new MultiheadAttention(4, 2, o -> o.kdim(3).vdim(3).addBiasKv(true)),
            sequence,
            steps,
            m -> (a, b) -> m.forward(a, b, b)));
    all.add(one(new TransformerEncoderLayer(4, 2, o -> o.dimFeedforward(3).dropout(0)), sequence));
    all.add(
        one(
            new TransformerEncoderLayer(
                4,
                2,
                o -> o.dimFeedforward(3).dropout(0).batchFirst(true).activation(Tensor::tanh)),
            sequence));
    all.add(
        one(
            new TransformerEncoder(
                () ->
                    new TransformerEncoderLayer(
                        4,
                        2,
                        o ->
                            o.dimFeedforward(3)
                                .dropout(0)
                                .normFirst(true)
                                .activation(Tensor::tanh)),
                2,
                new LayerNorm(4)),
            sequence));
    all.add(
        two(
            "TransformerDecoderLayer",
            new TransformerDecoderLayer(4, 2, o -> o.dimFeedforward(3).dropout(0)),
            sequence,
            wave(4, 3, 2, 4),
            m -> m::forward));
    all.add(
        two(
            "Transformer",
            new Transformer(
                4, 2, 1, 1, o -> o.dimFeedforward(3).dropout(0).activation(Tensor::tanh)),
            sequence,
            wave(4, 3, 2, 4),
            m -> m::forward));
    all.add(
        one(
            new Sequential(
                new Conv2d(4, 2, 3, o -> o.bias(false)),
                new BatchNorm2d(2),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(8, 3)),
            image));
    all.add(one(new Sequential(Map.of("only", new Sequential(new Linear(3, 3), new Tanh()))), x));
    return all;
  }
}
