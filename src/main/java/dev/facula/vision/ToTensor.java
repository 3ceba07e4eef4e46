package dev.facula.vision;

import dev.facula.DType;
import dev.facula.Tensor;

/** UINT8 from 0 to 255 to FLOAT32 from 0 to 1; other types are converted as they are. */
public final class ToTensor implements Transform {
  @Override
  public Tensor apply(Tensor image) {
    Tensor converted = image.to(DType.FLOAT32);
    return image.dtype() == DType.UINT8 ? converted.div(255) : converted;
  }
}
