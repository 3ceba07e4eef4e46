package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.nn.Module;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of PyTorch's constructor parameters, in their order: the required ones are parameters
 * of our constructors, the others setters of their options. Classes are found by name, so that a
 * module that comes is bound as soon as it is listed here.
 */
final class ModuleBindings {
  /** A module: its class, and what its constructor and its forward take. */
  record Binding(
      Class<?> type,
      List<String> constructor,
      List<String> forward,
      Function<DType, Tolerance> tolerance) {}

  private static final String NORM = "num_features eps momentum affine track_running_stats bias";
  private static final String POOL =
      "kernel_size stride padding dilation return_indices ceil_mode";
  private static final String AVERAGE =
      "kernel_size stride padding ceil_mode count_include_pad divisor_override";
  private static final String CONV =
      "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode";
  private static final String TRANSPOSED =
      "in_channels out_channels kernel_size stride padding output_padding groups bias dilation"
          + " padding_mode";
  private static final String RECURRENT =
      "input_size hidden_size num_layers nonlinearity bias batch_first dropout bidirectional"
          + " proj_size";
  private static final String TRANSFORMER =
      "d_model nhead dim_feedforward dropout activation layer_norm_eps batch_first norm_first bias";
  private static final String LOSS = "reduction weight";

  private final Map<String, Binding> bindings = new HashMap<>();

  ModuleBindings() {
    activations();
    layers();
    pools();
    pads();
    recurrent();
    attention();
    losses();
  }

  @Nullable Binding find(String module) {
    return bindings.get(module);
  }

  private void elementwise(String name, String constructor) {
    put(name, constructor, "input", Tolerance::of);
  }

  private void layer(String name, String constructor) {
    put(name, constructor, "input", Tolerance::ofSum);
  }

  private void put(
      String name, String constructor, String forward, Function<DType, Tolerance> tolerance) {
    Class<?> type = type(name);
    if (type != null) {
      bindings.put(
          "nn." + name, new Binding(type, words(constructor), words(forward), tolerance));
    }
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static @Nullable Class<?> type(String name) {
    String folder = name.endsWith("Loss") ? "dev.facula.loss." : "dev.facula.nn.";
    try {
      Class<?> type = Class.forName(folder + name);
      return Module.class.isAssignableFrom(type) ? type : null;
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private void activations() {
    elementwise("ReLU", "inplace");
    elementwise("ReLU6", "inplace");
    elementwise("LeakyReLU", "negative_slope inplace");
    elementwise("PReLU", "num_parameters init");
    elementwise("ELU", "alpha inplace");
    elementwise("CELU", "alpha inplace");
    elementwise("SELU", "inplace");
    elementwise("GELU", "approximate");
    elementwise("SiLU", "inplace");
    elementwise("Mish", "inplace");
    elementwise("Sigmoid", "");
    elementwise("LogSigmoid", "");
    elementwise("Tanh", "");
    elementwise("Tanhshrink", "");
    elementwise("Softplus", "beta threshold");
    elementwise("Softshrink", "lambd");
    elementwise("Softsign", "");
    elementwise("Hardshrink", "lambd");
    elementwise("Hardswish", "inplace");
    elementwise("Hardsigmoid", "inplace");
    elementwise("Hardtanh", "min_val max_val inplace");
    elementwise("Threshold", "threshold value inplace");
    elementwise("GLU", "dim");
    layer("Softmax", "dim");
    layer("Softmax2d", "");
    layer("Softmin", "dim");
    layer("LogSoftmax", "dim");
  }

  private void layers() {
    layer("Linear", "in_features out_features bias");
    put(
        "Bilinear",
        "in1_features in2_features out_features bias",
        "input1 input2",
        Tolerance::ofSum);
    layer(
        "Embedding",
        "num_embeddings embedding_dim padding_idx max_norm norm_type scale_grad_by_freq");
    for (int d = 1; d <= 3; d++) {
      layer("Conv" + d + "d", CONV);
      layer("ConvTranspose" + d + "d", TRANSPOSED);
      layer("BatchNorm" + d + "d", NORM);
      layer("InstanceNorm" + d + "d", NORM);
    }
    layer("LayerNorm", "normalized_shape eps elementwise_affine bias");
    layer("RMSNorm", "normalized_shape eps elementwise_affine");
    layer("GroupNorm", "num_groups num_channels eps affine bias");
    layer("LocalResponseNorm", "size alpha beta k");
  }

  private void pools() {
    for (int d = 1; d <= 3; d++) {
      elementwise("MaxPool" + d + "d", POOL);
      layer("AvgPool" + d + "d", AVERAGE);
      layer("LPPool" + d + "d", "norm_type kernel_size stride ceil_mode");
      layer("AdaptiveAvgPool" + d + "d", "output_size");
      elementwise("AdaptiveMaxPool" + d + "d", "output_size return_indices");
    }
  }

  private void pads() {
    for (int d = 1; d <= 3; d++) {
      elementwise("ConstantPad" + d + "d", "padding value");
      for (String mode : List.of("Zero", "Reflection", "Replication", "Circular")) {
        elementwise(mode + "Pad" + d + "d", "padding");
      }
    }
  }

  private void recurrent() {
    for (String name : List.of("RNN", "LSTM", "GRU")) {
      put(name, RECURRENT, "input hx", Tolerance::ofSum);
      put(name + "Cell", "input_size hidden_size bias nonlinearity", "input hx", Tolerance::ofSum);
    }
  }

  private void attention() {
    put(
        "MultiheadAttention",
        "embed_dim num_heads dropout bias add_bias_kv add_zero_attn kdim vdim batch_first",
        "query key value key_padding_mask need_weights attn_mask average_attn_weights is_causal",
        Tolerance::ofSum);
    put(
        "TransformerEncoderLayer",
        TRANSFORMER,
        "src src_mask src_key_padding_mask",
        Tolerance::ofSum);
    put(
        "TransformerDecoderLayer",
        TRANSFORMER,
        "tgt memory tgt_mask memory_mask tgt_key_padding_mask memory_key_padding_mask",
        Tolerance::ofSum);
    put(
        "Transformer",
        "d_model nhead num_encoder_layers num_decoder_layers dim_feedforward dropout activation"
            + " layer_norm_eps batch_first norm_first bias",
        "src tgt src_mask tgt_mask memory_mask src_key_padding_mask tgt_key_padding_mask",
        Tolerance::ofSum);
  }

  private void losses() {
    for (String name :
        List.of(
            "MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "CrossEntropyLoss", "NLLLoss",
            "BCELoss", "BCEWithLogitsLoss", "KLDivLoss", "PoissonNLLLoss", "SoftMarginLoss",
            "HingeEmbeddingLoss", "MultiMarginLoss", "MultiLabelMarginLoss",
            "MultiLabelSoftMarginLoss")) {
      put(name, LOSS, "input target", Tolerance::ofSum);
    }
    put("GaussianNLLLoss", LOSS, "input target var", Tolerance::ofSum);
    put("MarginRankingLoss", LOSS, "input1 input2 target", Tolerance::ofSum);
    put("CosineEmbeddingLoss", LOSS, "input1 input2 target", Tolerance::ofSum);
    put("TripletMarginLoss", LOSS, "anchor positive negative", Tolerance::ofSum);
  }
}
