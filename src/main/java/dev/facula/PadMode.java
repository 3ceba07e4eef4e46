package dev.facula;

/** What {@link Functional#pad} fills a border with. */
public enum PadMode {
  /** One value. */
  CONSTANT,
  /** The tensor mirrored at its edge elements. */
  REFLECT,
  /** The edge elements. */
  REPLICATE,
  /** The opposite side. */
  CIRCULAR
}
