package dev.facula.internal.kernel;

/**
 * Planes that are sampled at the places of a grid: [batch, channels, depth, height, width] at
 * [batch, points, rank]. A plane of two dimensions has a depth of 1.
 *
 * @param rank 2 or 3 coordinates, the one along the width first
 * @param taps 1, 2 or 4 neighbours a dimension: the nearest, linear, cubic
 * @param padding what lies outside: {@link #ZEROS}, {@link #BORDER} or {@link #REFLECTION}
 * @param aligned whether -1 and 1 are the centres of the outermost cells and not their outer edges
 */
public record GridShape(
    int batch,
    int channels,
    int depth,
    int height,
    int width,
    int points,
    int rank,
    int taps,
    int padding,
    boolean aligned) {
  public static final int ZEROS = 0;
  public static final int BORDER = 1;
  public static final int REFLECTION = 2;

  /** The cells of a channel. */
  public int plane() {
    return depth * height * width;
  }
}
