package dev.facula.vision;

import dev.facula.DType;
import dev.facula.FileFormatException;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.Dataset;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images of one size with their classes, held in memory.
 *
 * <p>A sample is the image, UINT8 [channels, height, width], or what the transform makes of it, and
 * the number of its class, INT64 without dimensions.
 */
public abstract class ImageDataset implements Dataset {
  private final Tensor images;
  private final Tensor labels;
  private final List<String> classes;
  private final @Nullable Transform transform;

  /** What can be chosen. */
  public static final class Options {
    boolean train = true;
    boolean download;
    @Nullable Transform transform;
    @Nullable List<String> mirrors;
    DownloadProgress progress = (file, bytes, total) -> {};

    Options() {}

    /** The training images rather than the test images; true. */
    public Options train(boolean train) {
      this.train = train;
      return this;
    }

    /** Whether to download the files if they are missing; false. */
    public Options download(boolean download) {
      this.download = download;
      return this;
    }

    /** What is done with each image; nothing. */
    public Options transform(Transform transform) {
      this.transform = transform;
      return this;
    }

    /** Addresses to download from, up to the name of the file; those where it is published. */
    public Options mirrors(String... mirrors) {
      this.mirrors = List.of(mirrors);
      return this;
    }

    /** Hears how far a download has come. */
    public Options progress(DownloadProgress progress) {
      this.progress = progress;
      return this;
    }

    PublishedFiles files(PublishedFiles published) {
      return mirrors == null ? published : published.withMirrors(mirrors);
    }
  }

  /**
   * @param images UINT8 [n, channels, height, width]
   * @param labels INT64 [n]
   */
  ImageDataset(Tensor images, Tensor labels, List<String> classes, @Nullable Transform transform) {
    this.images = images;
    this.labels = labels;
    this.classes = classes;
    this.transform = transform;
  }

  /** All images as they are in the files, UINT8 [n, channels, height, width]; not to be changed. */
  public final Tensor images() {
    return images;
  }

  /** The numbers of their classes, INT64 [n]; not to be changed. */
  public final Tensor labels() {
    return labels;
  }

  /** The names of the classes. */
  public final List<String> classes() {
    return classes;
  }

  @Override
  public final int size() {
    return images.size(0);
  }

  @Override
  public final Tensor[] get(int index) {
    Tensor image = images.select(0, index).clone();
    return new Tensor[] {
      transform == null ? image : transform.apply(image), labels.select(0, index).clone()
    };
  }

  @Override
  public final Batch getBatch(int... indices) {
    if (transform != null) {
      return Dataset.super.getBatch(indices);
    }
    Tensor rows = Tensor.of(indices, indices.length);
    return new Batch(images.indexSelect(0, rows), labels.indexSelect(0, rows));
  }

  /** The labels of a file, UINT8 [n], checked and converted to INT64. */
  static Tensor labels(Path file, Tensor bytes, int classes) throws FileFormatException {
    Tensor labels = bytes.to(DType.INT64);
    long[] numbers = labels.toLongArray();
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] >= classes) {
        throw new FileFormatException(
            file, "label of image " + i, numbers[i] + ", there are " + classes + " classes");
      }
    }
    return labels;
  }
}
