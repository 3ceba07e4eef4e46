package dev.facula;

import dev.facula.internal.fused.RecurrentSteps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recurrent layers as operations that listeners are told of. */
final class RecurrentLayers implements RecurrentSteps<Tensor> {
  @Override
  public List<Tensor> lstm(Tensor gates, Tensor h0, Tensor c0, Tensor weight) {
    List<Tensor> y =
        Reduced.all(t -> Recurrent.lstm(t[0], t[1], t[2], t[3]), gates, h0, c0, weight);
    return Operations.watched() ? Operations.passed("lstm", y, gates, h0, c0, weight) : y;
  }

  @Override
  public List<Tensor> lstm(
      Tensor x, Tensor h0, Tensor c0, Tensor inputWeight, Tensor weight, @Nullable Tensor bias) {
    List<Tensor> y =
        Reduced.all(
            t -> Recurrent.lstm(t[0], t[1], t[2], t[3], t[4], t[5]),
            x,
            h0,
            c0,
            inputWeight,
            weight,
            bias);
    return Operations.watched()
        ? Operations.passed("lstm", y, x, h0, c0, inputWeight, weight, bias)
        : y;
  }

  @Override
  public Tensor gru(Tensor gates, Tensor h0, Tensor weight, Tensor bias) {
    Tensor y =
        Reduced.is(gates)
            ? Reduced.apply(t -> Recurrent.gru(t[0], t[1], t[2], t[3]), gates, h0, weight, bias)
            : Recurrent.gru(gates, h0, weight, bias);
    return Operations.watched() ? Operations.passed("gru", y, gates, h0, weight, bias) : y;
  }

  @Override
  public Tensor rnn(Tensor gates, Tensor h0, Tensor weight, boolean relu) {
    Tensor y =
        Reduced.is(gates)
            ? Reduced.apply(t -> Recurrent.rnn(t[0], t[1], t[2], relu), gates, h0, weight)
            : Recurrent.rnn(gates, h0, weight, relu);
    return Operations.watched() ? Operations.passed("rnn relu", y, gates, h0, weight, relu) : y;
  }
}
