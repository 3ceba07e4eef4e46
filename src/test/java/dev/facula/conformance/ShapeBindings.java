package dev.facula.conformance;

import dev.facula.Tensor;
import java.util.List;

/** Views, rearrangements, joining and splitting. */
final class ShapeBindings {
  private ShapeBindings() {}

  static void addTo(Bindings b) {
    views(b);
    diagonals(b);
    copies(b);
    joins(b);
    splits(b);
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static void views(Bindings b) {
    b.bind("T", a -> x(a).t());
    b.bind("t", a -> x(a).t());
    b.bind("as_strided", ShapeBindings::asStrided);
    // the cases reach outside of the recorded view, into a storage that was not recorded
    b.leaveOut("as_strided.partial_views");
    b.bind("expand", a -> x(a).expand(a.varInts(1, "size")));
    b.bind(
        "flatten", a -> x(a).flatten(a.integer(1, "start_dim", 0), a.integer(2, "end_dim", -1)));
    b.bind(
        "narrow",
        a -> x(a).narrow(a.integer(1, "dim"), a.integer(2, "start"), a.integer(3, "length")));
    b.bind("permute", a -> x(a).permute(a.varInts(1, "dims")));
    b.bind("reshape", a -> x(a).reshape(a.varInts(1, "shape")));
    b.bind("select", a -> x(a).select(a.integer(1, "dim"), a.integer(2, "index")));
    b.bind("slice", a -> x(a).slice(a.integer(1, "dim", 0), 0, Integer.MAX_VALUE, 1));
    b.bind("squeeze", a -> a.has(1, "dim") ? x(a).squeeze(a.ints(1, "dim")) : x(a).squeeze());
    b.bind("transpose", a -> x(a).transpose(a.integer(1, "dim0"), a.integer(2, "dim1")));
    b.bind("unsqueeze", a -> x(a).unsqueeze(a.integer(1, "dim")));
    b.bind("view", a -> x(a).view(a.varInts(1, "size")));
  }

  private static Tensor asStrided(Arguments a) {
    return x(a).asStrided(a.ints(1, "size"), a.ints(2, "stride"), a.integer(3, "storage_offset", 0));
  }

  private static void diagonals(Bindings b) {
  }

  private static void copies(Bindings b) {
  }

  static Tensor[] array(List<Tensor> tensors) {
    return tensors.toArray(new Tensor[0]);
  }

  private static void joins(Bindings b) {
    b.bind("cat", a -> Tensor.cat(a.tensors(0, "tensors"), a.integer(1, "dim", 0)));
    b.bind("stack", a -> Tensor.stack(a.tensors(0, "tensors"), a.integer(1, "dim", 0)));
  }

  private static void splits(Bindings b) {
  }

}
