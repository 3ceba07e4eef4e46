package dev.facula;

import dev.facula.internal.fused.RecurrentSteps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The recurrent layers as operations that listeners are told of. */
final class RecurrentLayers implements RecurrentSteps<Tensor> {
  @Override
  public List<Tensor> lstm(Tensor gates, Tensor h0, Tensor c0, Tensor weight) {
    List<Tensor> y = Recurrent.lstm(gates, h0, c0, weight);
    return Operations.watched() ? Operations.passed("lstm", y, gates, h0, c0, weight) : y;
  }

  @Override
  public List<Tensor> lstm(
      Tensor x, Tensor h0, Tensor c0, Tensor inputWeight, Tensor weight, @Nullable Tensor bias) {
    List<Tensor> y = Recurrent.lstm(x, h0, c0, inputWeight, weight, bias);
    return Operations.watched()
        ? Operations.passed("lstm", y, x, h0, c0, inputWeight, weight, bias)
        : y;
  }

  @Override
  public Tensor gru(Tensor gates, Tensor h0, Tensor weight, Tensor bias) {
    Tensor y = Recurrent.gru(gates, h0, weight, bias);
    return Operations.watched() ? Operations.passed("gru", y, gates, h0, weight, bias) : y;
  }

  @Override
  public Tensor rnn(Tensor gates, Tensor h0, Tensor weight, boolean relu) {
    Tensor y = Recurrent.rnn(gates, h0, weight, relu);
    return Operations.watched() ? Operations.passed("rnn relu", y, gates, h0, weight, relu) : y;
  }
}
