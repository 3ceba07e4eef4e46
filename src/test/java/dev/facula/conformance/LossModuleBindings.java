package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import dev.facula.loss.*;
import dev.facula.nn.Module;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How the losses of PyTorch are made and called here. All options are named. */
final class LossModuleBindings {
  private LossModuleBindings() {}

  private static <M extends Module> void loss(
      ModuleBindings b,
      String name,
      Function<Arguments, M> make,
      Function<M, BiFunction<Tensor, Tensor, Tensor>> forward) {
    b.layer(
        name,
        a -> {
          M m = make.apply(a);
          return new ModuleBindings.Layer(
              m, c -> forward.apply(m).apply(c.tensor(0, "input"), c.tensor(1, "target")));
        });
  }

  static void addTo(ModuleBindings b) {
    loss(b, "BCELoss", a -> new BCELoss(a.otherOptions()), m -> m::forward);
    loss(b, "BCEWithLogitsLoss", a -> new BCEWithLogitsLoss(a.otherOptions()), m -> m::forward);
    loss(b, "CrossEntropyLoss", a -> new CrossEntropyLoss(a.otherOptions()), m -> m::forward);
    loss(b, "HingeEmbeddingLoss", a -> new HingeEmbeddingLoss(a.otherOptions()), m -> m::forward);
    loss(b, "HuberLoss", a -> new HuberLoss(a.otherOptions()), m -> m::forward);
    loss(b, "KLDivLoss", a -> new KLDivLoss(a.otherOptions()), m -> m::forward);
    loss(b, "L1Loss", a -> new L1Loss(a.otherOptions()), m -> m::forward);
    loss(b, "MSELoss", a -> new MSELoss(a.otherOptions()), m -> m::forward);
    loss(
        b,
        "LinearCrossEntropyLoss",
        a -> {
          DType dtype = a.dtype(-1, "dtype");
          var m =
              new LinearCrossEntropyLoss(
                  a.integer(0, "in_features"), a.integer(1, "num_classes"), a.otherOptions());
          if (dtype != null) {
            m.to(dtype);
          }
          return m;
        },
        m -> m::forward);
    loss(
        b,
        "MultiLabelMarginLoss",
        a -> new MultiLabelMarginLoss(a.otherOptions()),
        m -> m::forward);
    loss(
        b,
        "MultiLabelSoftMarginLoss",
        a -> new MultiLabelSoftMarginLoss(a.otherOptions()),
        m -> m::forward);
    loss(b, "MultiMarginLoss", a -> new MultiMarginLoss(a.otherOptions()), m -> m::forward);
    loss(b, "NLLLoss", a -> new NLLLoss(a.otherOptions()), m -> m::forward);
    loss(b, "PoissonNLLLoss", a -> new PoissonNLLLoss(a.otherOptions()), m -> m::forward);
    loss(b, "SmoothL1Loss", a -> new SmoothL1Loss(a.otherOptions()), m -> m::forward);
    loss(b, "SoftMarginLoss", a -> new SoftMarginLoss(a.otherOptions()), m -> m::forward);
    b.layer(
        "CosineEmbeddingLoss",
        a -> {
          CosineEmbeddingLoss m = new CosineEmbeddingLoss(a.otherOptions());
          return new ModuleBindings.Layer(
              m,
              c -> m.forward(c.tensor(0, "input1"), c.tensor(1, "input2"), c.tensor(2, "target")));
        });
    b.layer(
        "MarginRankingLoss",
        a -> {
          MarginRankingLoss m = new MarginRankingLoss(a.otherOptions());
          return new ModuleBindings.Layer(
              m,
              c -> m.forward(c.tensor(0, "input1"), c.tensor(1, "input2"), c.tensor(2, "target")));
        });
    b.layer(
        "GaussianNLLLoss",
        a -> {
          GaussianNLLLoss m = new GaussianNLLLoss(a.otherOptions());
          return new ModuleBindings.Layer(
              m, c -> m.forward(c.tensor(0, "input"), c.tensor(1, "target"), c.tensor(2, "var")));
        });
    b.layer(
        "TripletMarginLoss",
        a -> {
          TripletMarginLoss m = new TripletMarginLoss(a.otherOptions());
          return new ModuleBindings.Layer(
              m,
              c ->
                  m.forward(
                      c.tensor(0, "anchor"), c.tensor(1, "positive"), c.tensor(2, "negative")));
        });
  }
}
