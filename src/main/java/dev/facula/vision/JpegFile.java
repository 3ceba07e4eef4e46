package dev.facula.vision;

import static dev.facula.vision.ImageHeader.check;

import dev.facula.FileFormatException;
import dev.facula.vision.FileSegments.Segment;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A JPEG file: its header, and the meaning of its channels. The reader of the JDK knows the colours
 * of four channels not at all, or of another way than everybody else; so it gives the samples as
 * they are in the file, and they are converted here, as libjpeg and Pillow do.
 *
 * @param header what the header says
 * @param colours what the channels mean
 */
record JpegFile(ImageHeader header, Colours colours) {
  /** What the channels mean. */
  enum Colours {
    GRAY(1),
    RGB(3),
    YCC(3),
    CMYK(4),
    YCCK(4);

    final int channels;

    Colours(int channels) {
      this.channels = channels;
    }
  }

  private static final int SOS = 0xda;
  private static final int EOI = 0xd9;
  private static final int COM = 0xfe;
  private static final int ADOBE = 0xee;
  private static final int NONE = -1;

  /**
   * Encoders make 10, the most thorough ones some 60. A scan of a few bytes goes over the whole
   * image: thousands of them would take hours.
   */
  private static final int MAX_SCANS = 100;

  /** Reads the markers before the image. Those of applications and comments are left out. */
  static JpegFile parse(Path path, ImageInputStream in) throws IOException {
    long length = in.length();
    List<Segment> kept = new ArrayList<>();
    ImageHeader.add(kept, 0, 2);
    in.seek(2);
    boolean jfif = false;
    int adobe = NONE;
    byte[] frame = null;
    boolean progressive = false;
    for (int marker = nextMarker(in); marker != SOS; marker = nextMarker(in)) {
      check(marker >= 0 && marker != EOI, path, "byte " + in.getStreamPosition(), "no image data");
      if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
        continue; // has no contents
      }
      long start = in.getStreamPosition();
      int size = in.readUnsignedShort();
      check(size >= 2, path, "byte " + start, "a segment of " + size + " bytes");
      byte[] contents = new byte[Math.min(size - 2, 800)];
      in.readFully(contents);
      if (marker == 0xe0) {
        jfif |= startsWith(contents, "JFIF\0") && size >= 16;
      } else if (marker == ADOBE && startsWith(contents, "Adobe") && size >= 14) {
        adobe = contents[11] & 0xff;
      }
      boolean application = marker >= 0xe0 && marker <= 0xef || marker == COM;
      if (!application) {
        ImageHeader.add(kept, start - 2, start + size);
      }
      if (marker >= 0xc0 && marker <= 0xcf && marker % 4 != 0 || marker == 0xc0) {
        frame = contents;
        progressive |= marker % 4 == 2;
      }
      in.seek(start + size);
    }
    ImageHeader.add(kept, in.getStreamPosition() - 2, length);
    if (progressive) {
      int scans = 1 + scans(in);
      check(
          scans <= MAX_SCANS, path, "header", scans + " scans, at most " + MAX_SCANS + " are read");
    }
    return of(path, frame, jfif, adobe, length, kept);
  }

  private static JpegFile of(
      Path path, byte @Nullable [] frame, boolean jfif, int adobe, long length, List<Segment> kept)
      throws FileFormatException {
    if (frame == null || frame.length < 6 || frame.length < 6 + 3 * frame[5]) {
      throw new FileFormatException(path, "header", "no frame before the image data");
    }
    int height = (frame[1] & 0xff) << 8 | frame[2] & 0xff;
    int width = (frame[3] & 0xff) << 8 | frame[4] & 0xff;
    int channels = frame[5];
    ImageHeader.checkSize(path, width, height);
    byte[] ids = new byte[Math.max(channels, 0)];
    int maxAcross = 1;
    int maxDown = 1;
    for (int c = 0; c < channels; c++) {
      ids[c] = frame[6 + 3 * c];
      maxAcross = Math.max(maxAcross, (frame[7 + 3 * c] & 0xff) >> 4);
      maxDown = Math.max(maxDown, frame[7 + 3 * c] & 15);
    }
    long blocks = 0;
    for (int c = 0; c < channels; c++) {
      long across = (long) width * ((frame[7 + 3 * c] & 0xff) >> 4) / (8 * maxAcross);
      long down = (long) height * (frame[7 + 3 * c] & 15) / (8 * maxDown);
      blocks += across * down;
    }
    // Each block of 8 x 8 has a bit at least.
    ImageHeader header =
        new ImageHeader("jpeg", width, height, 8 * channels, blocks / 8, length, kept);
    return new JpegFile(header, colours(path, channels, ids, jfif, adobe));
  }

  /** As libjpeg decides. */
  private static Colours colours(Path path, int channels, byte[] ids, boolean jfif, int adobe)
      throws FileFormatException {
    boolean rgb = Arrays.equals(ids, new byte[] {'R', 'G', 'B'});
    return switch (channels) {
      case 1 -> Colours.GRAY;
      case 3 -> !jfif && (adobe == 0 || adobe == NONE && rgb) ? Colours.RGB : Colours.YCC;
      case 4 -> adobe == 0 || adobe == NONE ? Colours.CMYK : Colours.YCCK;
      default ->
          throw new FileFormatException(path, "header", "a JPEG of " + channels + " channels");
    };
  }

  private static int nextMarker(ImageInputStream in) throws IOException {
    int b = in.read();
    while (b >= 0) {
      // Anything may be between segments, and any number of 0xff before a marker.
      int before = b;
      b = in.read();
      if (before == 0xff && b != 0xff && b != 0) {
        return b;
      }
    }
    return NONE;
  }

  /** How many scans begin from here on. */
  private static int scans(ImageInputStream in) throws IOException {
    byte[] bytes = new byte[1 << 14];
    int scans = 0;
    byte before = 0;
    for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
      for (int i = 0; i < n; i++) {
        // 0xff within the data of a scan has a zero behind it.
        if (before == (byte) 0xff && bytes[i] == (byte) SOS) {
          scans++;
        }
        before = bytes[i];
      }
    }
    return scans;
  }

  private static boolean startsWith(byte[] contents, String text) {
    byte[] start = text.getBytes(StandardCharsets.US_ASCII);
    return contents.length >= start.length
        && Arrays.equals(Arrays.copyOf(contents, start.length), start);
  }

  /** The rows of the raw samples in red, green and blue. */
  ImageRows rows(Raster raw) {
    int w = header.width();
    int[][] samples = new int[colours.channels][w];
    return (y, rgb) -> {
      for (int c = 0; c < samples.length; c++) {
        raw.getSamples(raw.getMinX(), raw.getMinY() + y, w, 1, c, samples[c]);
      }
      for (int x = 0; x < w; x++) {
        int a = samples[0][x];
        int b = colours == Colours.GRAY ? a : samples[1][x];
        int c = colours == Colours.GRAY ? a : samples[2][x];
        switch (colours) {
          case GRAY, RGB -> put(rgb, w, x, a, b, c);
          case YCC -> put(rgb, w, x, red(a, c), green(a, b, c), blue(a, b));
          // Four channels are stored inverted, as Adobe began it. YCC is then of what paper
          // absorbs inverted, so that it comes out as what it absorbs.
          case CMYK -> ink(rgb, w, x, a, b, c, samples[3][x]);
          case YCCK ->
              ink(
                  rgb,
                  w,
                  x,
                  255 - red(a, c),
                  255 - green(a, b, c),
                  255 - blue(a, b),
                  samples[3][x]);
        }
      }
    };
  }

  /** Of inverted cyan, magenta, yellow and black: Pillow's way from CMYK to RGB. */
  private static void ink(byte[] rgb, int w, int x, int c, int m, int y, int k) {
    put(rgb, w, x, paper(255 - c, k), paper(255 - m, k), paper(255 - y, k));
  }

  /** White minus black, minus that share of the colour. */
  static int paper(int ink, int white) {
    int product = ink * white + 128;
    return Math.min(Math.max(white - ((product >> 8) + product >> 8), 0), 255);
  }

  private static void put(byte[] rgb, int w, int x, int r, int g, int b) {
    rgb[x] = (byte) r;
    rgb[w + x] = (byte) g;
    rgb[2 * w + x] = (byte) b;
  }

  // libjpeg's fixed-point numbers: 1.402, 0.34414, 0.71414 and 1.772, times 65536.

  private static int red(int y, int cr) {
    return clip(y + (91881 * (cr - 128) + 32768 >> 16));
  }

  private static int green(int y, int cb, int cr) {
    return clip(y + (-22554 * (cb - 128) - 46802 * (cr - 128) + 32768 >> 16));
  }

  private static int blue(int y, int cb) {
    return clip(y + (116130 * (cb - 128) + 32768 >> 16));
  }

  private static int clip(int v) {
    return Math.min(Math.max(v, 0), 255);
  }
}
