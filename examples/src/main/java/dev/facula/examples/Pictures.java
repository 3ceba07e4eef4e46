package dev.facula.examples;

import dev.facula.Tensor;
import dev.facula.data.Dataset;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of a report. */
final class Pictures {
  private static final int COLUMNS = 10;
  private static final int ROWS = 5;
  private static final int CELL = 84;
  private static final int CAPTION = 18;

  private Pictures() {}

  /** Draws the loss of each step and its running mean. */
  static Path lossCurve(List<Double> losses, Path folder) throws IOException {
    List<Integer> steps = new ArrayList<>();
    List<Double> smooth = new ArrayList<>();
    double mean = losses.get(0);
    for (int i = 0; i < losses.size(); i++) {
      steps.add(i + 1);
      mean += 0.02 * (losses.get(i) - mean);
      smooth.add(mean);
    }
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(500)
            .title("Training loss")
            .xAxisTitle("step")
            .yAxisTitle("cross entropy")
            .build();
    chart
        .getStyler()
        .setXAxisMaxLabelCount(8)
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(LegendPosition.InsideNE);
    XYSeries each = chart.addSeries("each step", steps, losses);
    each.setMarker(SeriesMarkers.NONE);
    each.setLineColor(new Color(170, 200, 235));
    XYSeries running = chart.addSeries("running mean", steps, smooth);
    running.setMarker(SeriesMarkers.NONE);
    running.setLineColor(new Color(20, 80, 160));
    Path file = Files.createDirectories(folder).resolve("loss.png");
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    return file;
  }

  /** Draws the first test images with what was predicted: green if right, else red. */
  static Path predictions(Dataset test, List<Integer> predicted, List<String> classes, Path folder)
      throws IOException {
    int height = CELL + CAPTION;
    var sheet = new BufferedImage(COLUMNS * CELL, ROWS * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int i = 0; i < Math.min(COLUMNS * ROWS, predicted.size()); i++) {
      Tensor[] sample = test.get(i);
      int x = i % COLUMNS * CELL;
      int y = i / COLUMNS * height;
      g.drawImage(image(sample[0]), x + 2, y + 2, CELL - 4, CELL - 4, null);
      boolean right = sample[1].itemLong() == predicted.get(i);
      g.setColor(right ? new Color(0, 120, 40) : new Color(190, 0, 0));
      g.drawString(classes.get(predicted.get(i)), x + 4, y + CELL + 12);
    }
    g.dispose();
    Path file = Files.createDirectories(folder).resolve("predictions.png");
    ImageIO.write(sheet, "png", file.toFile());
    return file;
  }

  /** An image [1 or 3, height, width] of values from -1 to 1. */
  private static BufferedImage image(Tensor t) {
    int channels = t.size(0);
    int h = t.size(1);
    int w = t.size(2);
    float[] values = t.toFloatArray();
    var image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < h * w; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        float value = values[Math.min(c, channels - 1) * h * w + i];
        rgb = rgb << 8 | Math.max(0, Math.min(255, Math.round(127.5f * (value + 1))));
      }
      image.setRGB(i % w, i / w, rgb);
    }
    return image;
  }
}
