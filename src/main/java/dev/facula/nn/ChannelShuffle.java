package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * The channels of all groups of [N, C, *] taken in turn. Zhang et al. (2018), ShuffleNet.
 *
 * <pre>{@code
 * Tensor y = new ChannelShuffle(2).forward(Tensor.randn(1, 4, 2, 2)); // [1, 4, 2, 2]
 * }</pre>
 */
public final class ChannelShuffle extends Layer {
  private final int groups;

  /**
   * A layer.
   *
   * @param groups at least 1
   */
  public ChannelShuffle(int groups) {
    this.groups = Check.atLeast("ChannelShuffle", "groups", groups, 1);
  }

  /** The number of groups. */
  public int groups() {
    return groups;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.channelShuffle(input, groups);
  }

  @Override
  protected String extraRepr() {
    return "groups=" + groups;
  }
}
