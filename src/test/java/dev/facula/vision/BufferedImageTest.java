package dev.facula.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** Images in memory as tensors and back. */
final class BufferedImageTest {
  private static final int[] COLOURS = {0xff0000, 0x00ff00, 0x0000ff, 0x102030, 0xffffff, 0};

  private static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, COLOURS[i] | 0xff000000);
    }
    return image;
  }

  @Test
  void coloursOfEveryKindOfImage() {
    int[] types = {
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_INT_ARGB,
      BufferedImage.TYPE_INT_ARGB_PRE,
      BufferedImage.TYPE_INT_BGR,
      BufferedImage.TYPE_3BYTE_BGR,
      BufferedImage.TYPE_4BYTE_ABGR,
      BufferedImage.TYPE_4BYTE_ABGR_PRE
    };
    for (int type : types) {
      Tensor x = Images.toTensor(image(type));
      assertEquals(DType.UINT8, x.dtype());
      assertArrayEquals(new int[] {3, 2, 3}, x.shape());
      assertArrayEquals(
          new int[] {255, 0, 0, 16, 255, 0, 0, 255, 0, 32, 255, 0, 0, 0, 255, 48, 255, 0},
          x.toIntArray(),
          "type " + type);
    }
  }

  @Test
  void halfTransparentColoursAreThemselves() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB_PRE);
    image.setRGB(0, 0, 0x80ff0000);
    assertArrayEquals(new int[] {255, 0, 0}, Images.toTensor(image).toIntArray());
  }

  @Test
  void shadesOfGrey() {
    Tensor x = Images.toGrayTensor(image(BufferedImage.TYPE_INT_RGB));
    assertArrayEquals(new int[] {1, 2, 3}, x.shape());
    assertArrayEquals(new int[] {76, 150, 29, 29, 255, 0}, x.toIntArray()); // Pillow's
    BufferedImage gray = Images.toBufferedImage(x);
    assertEquals(BufferedImage.TYPE_BYTE_GRAY, gray.getType());
    assertTrue(x.equal(Images.toGrayTensor(gray)));
    assertTrue(x.expand(3, 2, 3).equal(Images.toTensor(gray)));
  }

  @Test
  void tensorsAsImages() {
    Tensor x = Images.toTensor(image(BufferedImage.TYPE_INT_RGB));
    BufferedImage back = Images.toBufferedImage(x);
    assertEquals(3, back.getWidth());
    assertEquals(2, back.getHeight());
    for (int i = 0; i < 6; i++) {
      assertEquals(COLOURS[i], back.getRGB(i % 3, i / 3) & 0xffffff);
    }
    assertTrue(x.equal(Images.toTensor(Images.toBufferedImage(x.to(DType.FLOAT32).div(255)))));
    Tensor wide = Tensor.full(DType.FLOAT32, 2, 3, 1, 1);
    assertEquals(0xffffff, Images.toBufferedImage(wide).getRGB(0, 0) & 0xffffff);
    assertThrows(ShapeException.class, () -> Images.toBufferedImage(Tensor.ones(2, 4, 4)));
    var e = assertThrows(ShapeException.class, () -> Images.toBufferedImage(Tensor.ones(4, 4)));
    assertTrue(e.getMessage().startsWith("Images.toBufferedImage: "), e.getMessage());
  }
}
