package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Generator;
import dev.facula.Tensor;

/**
 * Normal numbers within limits, by rejection. Where the limits hold most of the distribution,
 * normal numbers are drawn again until they lie within; where they hold little of it, uniform
 * candidates are accepted with a probability proportional to the density. Both go over the whole
 * tensor until all elements are accepted, which is how PyTorch spends its random numbers.
 */
final class TruncatedNormal {
  /** Below it drawing would not end; PyTorch's does not. */
  private static final double LEAST_RATE = 1e-7;

  private TruncatedNormal() {}

  static Tensor fill(
      Tensor tensor, double mean, double std, double low, double high, Generator generator) {
    if (std == 0) {
      throw new IllegalArgumentException("truncNormal_: std must not be 0");
    }
    double mode = Math.max(low, Math.min(mean, high));
    double distance = Math.abs(mode - mean);
    // far from the mean nearly all candidates would be drawn in vain
    if (std * std < LEAST_RATE * distance * (high - low)) {
      throw new IllegalArgumentException(
          ("truncNormal_: between %s and %s the normal distribution of mean %s and std %s"
                  + " has too little density to draw from")
              .formatted(low, high, mean, std));
    }
    double share = cdf((high - mean) / std) - cdf((low - mean) / std);
    if (share > 0.3) {
      return byNormal(tensor, mean, std, low, high, generator);
    }
    return byUniform(tensor, mean, std, low, high, generator);
  }

  private static double cdf(double x) {
    double erf = Tensor.scalar(DType.FLOAT64, x / Math.sqrt(2)).erf().item();
    return (1 + erf) / 2;
  }

  private static Tensor byNormal(
      Tensor tensor, double mean, double std, double low, double high, Generator generator) {
    Tensor result = tensor.normal_(mean, std, generator);
    while (true) {
      Tensor outside = result.lt(low).logicalOr(result.gt(high));
      if (none(outside)) {
        return result == tensor ? tensor : tensor.copy_(result);
      }
      Tensor again = Tensor.zerosLike(result).normal_(mean, std, generator);
      result = Tensor.where(outside, again, result);
    }
  }

  private static Tensor byUniform(
      Tensor tensor, double mean, double std, double low, double high, Generator generator) {
    double mode = Math.max(low, Math.min(mean, high));
    double peak = -0.5 * ((mode - mean) / std) * ((mode - mean) / std);
    Tensor result = tensor.uniform_(low, high, generator);
    Tensor pending = rejected(result, mean, std, peak, generator);
    while (!none(pending)) {
      Tensor candidates = Tensor.zerosLike(tensor).uniform_(low, high, generator);
      result = Tensor.where(pending, candidates, result);
      pending = pending.logicalAnd(rejected(candidates, mean, std, peak, generator));
    }
    return result == tensor ? tensor : tensor.copy_(result);
  }

  /** Where log(u) is above the logarithm of the density relative to its peak. */
  private static Tensor rejected(
      Tensor candidates, double mean, double std, double peak, Generator generator) {
    Tensor density = candidates.sub(mean).div(std).square().mul(-0.5).sub(peak);
    return Tensor.zerosLike(candidates).uniform_(0, 1, generator).log().gt(density);
  }

  private static boolean none(Tensor flags) {
    return flags.numel() == 0 || flags.to(DType.INT64).sum().itemLong() == 0;
  }
}
