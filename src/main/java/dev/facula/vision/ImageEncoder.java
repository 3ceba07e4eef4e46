package dev.facula.vision;

import dev.facula.ShapeException;
import dev.facula.Tensor;
import dev.facula.internal.files.SafeFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes tensors as images, with the writers of the JDK. */
final class ImageEncoder {
  private ImageEncoder() {}

  static void write(Tensor image, Path path) throws IOException {
    BufferedImage out = picture("Images.write", image);
    int channels = image.size(0);
    String name = path.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    // Asked for with the image: WBMP, for instance, has black and white only.
    var writers = ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(out), format);
    if (!writers.hasNext()) {
      throw new IllegalArgumentException(
          "Images.write: no image format \"" + format + "\" for " + channels + " channels");
    }
    ImageWriter writer = writers.next();
    try {
      SafeFile.write(
          path,
          file -> {
            try (var stream = new MemoryCacheImageOutputStream(file)) {
              writer.setOutput(stream);
              writer.write(out);
            }
          });
    } finally {
      writer.dispose();
    }
  }

  static BufferedImage picture(String op, Tensor image) {
    int channels = ImageTensors.channels(op, image);
    if (channels != 1 && channels != 3) {
      throw new ShapeException(op + ": needs 1 or 3 channels, was " + channels);
    }
    double scale = image.isFloatingPoint() ? 255 : 1;
    double[] values = image.toDoubleArray();
    int h = image.size(1);
    int w = image.size(2);
    ImageTensors.checkSize(op, h, w);
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage out = new BufferedImage(w, h, type);
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          double v = Math.rint(values[(c * h + y) * w + x] * scale);
          out.getRaster().setSample(x, y, c, (int) Math.min(Math.max(v, 0), 255));
        }
      }
    }
    return out;
  }
}
