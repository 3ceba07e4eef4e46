package dev.facula.vision;

import dev.facula.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * Several transforms one after another.
 *
 * <pre>{@code
 * var augment =
 *     new Compose(
 *         new RandomCrop(32, o -> o.padding(4)),
 *         new RandomHorizontalFlip(),
 *         new ToTensor(),
 *         new Normalize(0.5, 0.5));
 * }</pre>
 */
public final class Compose implements Transform {
  private final List<Transform> transforms;

  /**
   * @param transforms in the order in which they are applied
   */
  public Compose(Transform... transforms) {
    for (Transform t : Objects.requireNonNull(transforms, "transforms")) {
      Objects.requireNonNull(t, "transforms");
    }
    this.transforms = List.of(transforms);
  }

  /**
   * @param transforms in the order in which they are applied
   */
  public Compose(List<Transform> transforms) {
    this(Objects.requireNonNull(transforms, "transforms").toArray(new Transform[0]));
  }

  @Override
  public Tensor apply(Tensor image) {
    Tensor result = image;
    for (Transform transform : transforms) {
      result = transform.apply(result);
    }
    return result;
  }
}
