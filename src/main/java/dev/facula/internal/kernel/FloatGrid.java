package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * Samples at the places of a grid. The neighbours of a place are found once for all channels: one,
 * two or four along each dimension, whose weights multiply.
 */
public final class FloatGrid implements GridKernels<float[]> {
  /** The parameter of the cubic convolution, as PyTorch chooses it. */
  private static final float CUBIC = -0.75f;

  /** Channels whose gradients one task adds up, so that places are not found for each. */
  private static final int CHANNELS = 8;

  @Override
  public void gridSample(GridShape s, float[] x, int xo, float[] grid, int go, float[] y, int yo) {
    int plane = s.plane();
    int points = s.points();
    Parallel.parallelFor(
        s.batch() * points,
        cost(s, s.channels()),
        (from, to) -> {
          Neighbours near = new Neighbours(s, false);
          for (int i = from; i < to; i++) {
            near.find(grid, go + i * s.rank());
            int first = i / points * s.channels();
            int target = yo + first * points + i % points;
            for (int c = 0; c < s.channels(); c++) {
              int source = xo + (first + c) * plane;
              float sum = 0;
              for (int k = 0; k < near.count; k++) {
                sum += x[source + near.at[k]] * near.weight[k];
              }
              y[target + c * points] = sum;
            }
          }
        });
  }

  @Override
  public void gridSampleInputBackward(
      GridShape s, float[] grid, int go, float[] g, int gradientAt, float[] dx, int dxo) {
    int plane = s.plane();
    int points = s.points();
    int blocks = (s.channels() + CHANNELS - 1) / CHANNELS;
    Parallel.parallelFor(
        s.batch() * blocks,
        points * cost(s, CHANNELS),
        (from, to) -> {
          Neighbours near = new Neighbours(s, false);
          for (int block = from; block < to; block++) {
            int n = block / blocks;
            int c0 = block % blocks * CHANNELS;
            int c1 = Math.min(c0 + CHANNELS, s.channels());
            for (int p = 0; p < points; p++) {
              near.find(grid, go + (n * points + p) * s.rank());
              for (int c = c0; c < c1; c++) {
                float gradient = g[gradientAt + (n * s.channels() + c) * points + p];
                int target = dxo + (n * s.channels() + c) * plane;
                for (int k = 0; k < near.count; k++) {
                  dx[target + near.at[k]] += near.weight[k] * gradient;
                }
              }
            }
          }
        });
  }

  @Override
  public void gridSampleGridBackward(
      GridShape s,
      float[] x,
      int xo,
      float[] grid,
      int go,
      float[] g,
      int gradientAt,
      float[] dGrid,
      int dgo) {
    int plane = s.plane();
    int points = s.points();
    Parallel.parallelFor(
        s.batch() * points,
        cost(s, s.channels()),
        (from, to) -> {
          Neighbours near = new Neighbours(s, true);
          for (int i = from; i < to; i++) {
            near.find(grid, go + i * s.rank());
            int first = i / points * s.channels();
            int at = gradientAt + first * points + i % points;
            float dw = 0;
            float dh = 0;
            float dd = 0;
            for (int c = 0; c < s.channels(); c++) {
              int source = xo + (first + c) * plane;
              float gradient = g[at + c * points];
              for (int k = 0; k < near.count; k++) {
                float v = x[source + near.at[k]] * gradient;
                dw += v * near.slopeW[k];
                dh += v * near.slopeH[k];
                dd += v * near.slopeD[k];
              }
            }
            int target = dgo + i * s.rank();
            dGrid[target] = dw;
            dGrid[target + 1] = dh;
            if (s.rank() == 3) {
              dGrid[target + 2] = dd;
            }
          }
        });
  }

  private static long cost(GridShape s, int channels) {
    int taps = s.taps() * s.taps() * (s.rank() == 3 ? s.taps() : 1);
    return Parallel.ELEMENT * (8L + channels) * taps;
  }

  /** The cells around a place: those inside of the plane, with their weights and slopes. */
  private static final class Neighbours {
    private final GridShape s;
    private final boolean slopes;
    private final Axis w;
    private final Axis h;
    private final Axis d;
    final int[] at;
    final float[] weight;
    final float[] slopeW;
    final float[] slopeH;
    final float[] slopeD;
    int count;

    Neighbours(GridShape s, boolean slopes) {
      this.s = s;
      this.slopes = slopes;
      w = new Axis(s, s.width());
      h = new Axis(s, s.height());
      d = new Axis(s, s.depth());
      int n = w.at.length * h.at.length * d.at.length;
      at = new int[n];
      weight = new float[n];
      slopeW = new float[slopes ? n : 0];
      slopeH = new float[slopes ? n : 0];
      slopeD = new float[slopes ? n : 0];
      d.only();
    }

    void find(float[] grid, int go) {
      w.find(grid[go]);
      h.find(grid[go + 1]);
      if (s.rank() == 3) {
        d.find(grid[go + 2]);
      }
      count = 0;
      for (int i = 0; i < d.count; i++) {
        for (int j = 0; j < h.count; j++) {
          int row = (d.at[i] * s.height() + h.at[j]) * s.width();
          float wd = d.weight[i];
          float wh = h.weight[j];
          for (int k = 0; k < w.count; k++) {
            at[count] = row + w.at[k];
            weight[count] = w.weight[k] * wh * wd;
            if (slopes) {
              slopeW[count] = w.slope[k] * wh * wd;
              slopeH[count] = w.weight[k] * h.slope[j] * wd;
              slopeD[count] = w.weight[k] * wh * d.slope[i];
            }
            count++;
          }
        }
      }
    }
  }

  /** The neighbours along one dimension. */
  private static final class Axis {
    private final int size;
    private final int taps;
    private final int padding;
    private final boolean aligned;
    final int[] at;
    final float[] weight;
    final float[] slope;
    int count;

    /** How much the place moves with the coordinate, with what the padding does to it. */
    private float factor;

    Axis(GridShape s, int size) {
      this.size = size;
      taps = s.taps();
      padding = s.padding();
      aligned = s.aligned();
      at = new int[taps];
      weight = new float[taps];
      slope = new float[taps];
    }

    /** The only cell of a dimension that is not there. */
    void only() {
      count = 1;
      weight[0] = 1;
    }

    void find(float coordinate) {
      float place = aligned ? (coordinate + 1) / 2 * (size - 1) : ((coordinate + 1) * size - 1) / 2;
      factor = (aligned ? size - 1 : size) / 2f;
      count = 0;
      if (taps == 4) {
        float first = (float) Math.floor(place);
        cubic(first, place - first);
        return;
      }
      place = inside(place);
      if (taps == 1) {
        add((float) Math.rint(place), 1, 0);
      } else {
        float first = (float) Math.floor(place);
        float t = place - first;
        add(first, first + 1 - place, -factor);
        add(first + 1, t, factor);
      }
    }

    private void cubic(float first, float t) {
      for (int i = 0; i < 4; i++) {
        float distance = Math.abs(t - (i - 1));
        float sign = t >= i - 1 ? factor : -factor;
        float own;
        float rise;
        if (i == 1 || i == 2) {
          own = ((CUBIC + 2) * distance - (CUBIC + 3)) * distance * distance + 1;
          rise = (3 * (CUBIC + 2) * distance - 2 * (CUBIC + 3)) * distance;
        } else {
          own = ((CUBIC * distance - 5 * CUBIC) * distance + 8 * CUBIC) * distance - 4 * CUBIC;
          rise = (3 * CUBIC * distance - 10 * CUBIC) * distance + 8 * CUBIC;
        }
        float unpadded = factor;
        float cell = inside(first + (i - 1));
        factor = unpadded;
        add((float) Math.rint(cell), own, rise * sign);
      }
    }

    /** A neighbour that lies in the plane; a place that is no number has none. */
    private void add(float cell, float own, float rise) {
      if (cell >= 0 && cell < size) {
        at[count] = (int) cell;
        weight[count] = own;
        slope[count++] = rise;
      } else if (Float.isNaN(cell)) {
        at[count] = 0;
        weight[count] = cell;
        slope[count++] = rise;
      }
    }

    /** The place that the padding makes of one, and the factor for its slope. */
    private float inside(float place) {
      float x = place;
      if (padding == GridShape.REFLECTION) {
        x = aligned ? reflected(x, 0, size - 1) : reflected(x, -0.5f, size);
      }
      if (padding != GridShape.ZEROS) {
        if (x >= size - 1) {
          factor = 0;
          x = size - 1;
        } else if (!(x > 0)) {
          factor = 0;
          x = 0;
        }
      }
      return x;
    }

    private float reflected(float place, float least, float span) {
      if (span == 0) {
        factor = 0;
        return 0;
      }
      float x = place - least;
      if (x < 0) {
        factor = -factor;
        x = -x;
      }
      float rest = x % span;
      if ((long) Math.floor(x / span) % 2 == 0) {
        return rest + least;
      }
      factor = -factor;
      return span - rest + least;
    }
  }
}
