package dev.facula.conformance;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.conformance.ModuleBindings.Layer;
import dev.facula.nn.GRU;
import dev.facula.nn.GRUCell;
import dev.facula.nn.LSTM;
import dev.facula.nn.LSTMCell;
import dev.facula.nn.MultiheadAttention;
import dev.facula.nn.RNN;
import dev.facula.nn.RNNCell;
import dev.facula.nn.Transformer;
import dev.facula.nn.TransformerDecoderLayer;
import dev.facula.nn.TransformerEncoderLayer;
import dev.facula.nn.TransformerOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Recurrent layers, attention and transformers. */
final class SequenceModuleBindings {
  private SequenceModuleBindings() {}

  static void addTo(ModuleBindings b) {
    b.layer("RNN", SequenceModuleBindings::rnn);
    b.layer("GRU", SequenceModuleBindings::gru);
    b.layer("LSTM", SequenceModuleBindings::lstm);
    b.layer("RNNCell", SequenceModuleBindings::rnnCell);
    b.layer("GRUCell", SequenceModuleBindings::gruCell);
    b.layer("LSTMCell", SequenceModuleBindings::lstmCell);
    b.layer("MultiheadAttention", SequenceModuleBindings::attention);
    b.layer("TransformerEncoderLayer", SequenceModuleBindings::encoderLayer);
    b.layer("TransformerDecoderLayer", SequenceModuleBindings::decoderLayer);
    b.layer("Transformer", SequenceModuleBindings::transformer);
  }

  private static Layer rnn(Arguments a) {
    RNN m =
        new RNN(
            a.integer(0, "input_size"),
            a.integer(1, "hidden_size"),
            a.options(
                2,
                "num_layers",
                "nonlinearity",
                "bias",
                "batch_first",
                "dropout",
                "bidirectional"));
    return new Layer(
        m,
        c -> {
          RNN.Result r = m.forward(c.tensor(0, "input"), c.optionalTensor(1, "hx"));
          return Arrays.asList(r.output(), r.h());
        });
  }

  private static Layer gru(Arguments a) {
    GRU m =
        new GRU(
            a.integer(0, "input_size"),
            a.integer(1, "hidden_size"),
            a.options(2, "num_layers", "bias", "batch_first", "dropout", "bidirectional"));
    return new Layer(
        m,
        c -> {
          GRU.Result r = m.forward(c.tensor(0, "input"), c.optionalTensor(1, "hx"));
          return Arrays.asList(r.output(), r.h());
        });
  }

  private static LSTM.@Nullable State state(Arguments c) {
    if (!c.has(1, "hx")) {
      return null;
    }
    List<Tensor> states = c.tensors(1, "hx");
    return new LSTM.State(states.get(0), states.get(1));
  }

  private static Layer lstm(Arguments a) {
    LSTM m =
        new LSTM(
            a.integer(0, "input_size"),
            a.integer(1, "hidden_size"),
            a.options(
                2, "num_layers", "bias", "batch_first", "dropout", "bidirectional", "proj_size"));
    return new Layer(
        m,
        c -> {
          LSTM.Result r = m.forward(c.tensor(0, "input"), state(c));
          return Arrays.asList(r.output(), r.state().h(), r.state().c());
        });
  }

  private static Layer rnnCell(Arguments a) {
    RNNCell m =
        new RNNCell(
            a.integer(0, "input_size"),
            a.integer(1, "hidden_size"),
            a.options(2, "bias", "nonlinearity"));
    return new Layer(m, c -> m.forward(c.tensor(0, "input"), c.optionalTensor(1, "hx")));
  }

  private static Layer gruCell(Arguments a) {
    GRUCell m =
        new GRUCell(a.integer(0, "input_size"), a.integer(1, "hidden_size"), a.options(2, "bias"));
    return new Layer(m, c -> m.forward(c.tensor(0, "input"), c.optionalTensor(1, "hx")));
  }

  private static Layer lstmCell(Arguments a) {
    LSTMCell m =
        new LSTMCell(a.integer(0, "input_size"), a.integer(1, "hidden_size"), a.options(2, "bias"));
    return new Layer(
        m,
        c -> {
          LSTM.State s = m.forward(c.tensor(0, "input"), state(c));
          return Arrays.asList(s.h(), s.c());
        });
  }

  private static Layer attention(Arguments a) {
    MultiheadAttention m =
        new MultiheadAttention(
            a.integer(0, "embed_dim"),
            a.integer(1, "num_heads"),
            a.options(
                2,
                "dropout",
                "bias",
                "add_bias_kv",
                "add_zero_attn",
                "kdim",
                "vdim",
                "batch_first"));
    return new Layer(
        m,
        c -> {
          MultiheadAttention.Result r =
              m.forward(
                  c.tensor(0, "query"),
                  c.tensor(1, "key"),
                  c.tensor(2, "value"),
                  o ->
                      o.keyPaddingMask(c.optionalTensor(3, "key_padding_mask"))
                          .needWeights(c.flag(4, "need_weights", true))
                          .attnMask(c.optionalTensor(5, "attn_mask"))
                          .averageAttnWeights(c.flag(6, "average_attn_weights", true)));
          return Arrays.asList(r.output(), r.weights());
        });
  }

  private static Consumer<TransformerOptions> options(Arguments a, int position) {
    Consumer<TransformerOptions> named = a.options(position, "dim_feedforward", "dropout");
    Consumer<TransformerOptions> rest =
        a.options(-1, "layer_norm_eps", "batch_first", "norm_first", "bias");
    UnaryOperator<Tensor> activation =
        a.string(position + 2, "activation", "relu").equals("gelu")
            ? t -> Functional.gelu(t)
            : Functional::relu;
    return named.andThen(rest).andThen(o -> o.activation(activation));
  }

  private static Layer encoderLayer(Arguments a) {
    TransformerEncoderLayer m =
        new TransformerEncoderLayer(a.integer(0, "d_model"), a.integer(1, "nhead"), options(a, 2));
    return new Layer(
        m,
        c ->
            m.forward(
                c.tensor(0, "src"),
                c.optionalTensor(1, "src_mask"),
                c.optionalTensor(2, "src_key_padding_mask")));
  }

  private static Layer decoderLayer(Arguments a) {
    TransformerDecoderLayer m =
        new TransformerDecoderLayer(a.integer(0, "d_model"), a.integer(1, "nhead"), options(a, 2));
    return new Layer(
        m,
        c ->
            m.forward(
                c.tensor(0, "tgt"),
                c.tensor(1, "memory"),
                masks ->
                    masks
                        .tgtMask(c.optionalTensor(2, "tgt_mask"))
                        .memoryMask(c.optionalTensor(3, "memory_mask"))
                        .tgtKeyPaddingMask(c.optionalTensor(4, "tgt_key_padding_mask"))
                        .memoryKeyPaddingMask(c.optionalTensor(5, "memory_key_padding_mask"))));
  }

  private static Layer transformer(Arguments a) {
    Transformer m =
        new Transformer(
            a.integer(0, "d_model", 512),
            a.integer(1, "nhead", 8),
            a.integer(2, "num_encoder_layers", 6),
            a.integer(3, "num_decoder_layers", 6),
            options(a, 4));
    return new Layer(
        m,
        c ->
            m.forward(
                c.tensor(0, "src"),
                c.tensor(1, "tgt"),
                masks ->
                    masks
                        .srcMask(c.optionalTensor(2, "src_mask"))
                        .tgtMask(c.optionalTensor(3, "tgt_mask"))
                        .memoryMask(c.optionalTensor(4, "memory_mask"))
                        .srcKeyPaddingMask(c.optionalTensor(5, "src_key_padding_mask"))
                        .tgtKeyPaddingMask(c.optionalTensor(6, "tgt_key_padding_mask"))
                        .memoryKeyPaddingMask(c.optionalTensor(7, "memory_key_padding_mask"))));
  }
}
