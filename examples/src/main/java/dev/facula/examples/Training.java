package dev.facula.examples;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.DataLoader;
import dev.facula.data.Dataset;
import dev.facula.io.Safetensors;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.nn.Module;
import dev.facula.optim.Optimizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Trains a classifier of images, tests it and writes a report. */
final class Training {
  private static final int TEST_BATCH = 500;

  private final Module net;
  private final Dataset train;
  private final Dataset test;
  private final List<String> classes;
  private final TrainingOptions options;
  private final CrossEntropyLoss criterion = new CrossEntropyLoss();
  private final List<Double> losses = new ArrayList<>();

  Training(Module net, Dataset train, Dataset test, List<String> classes, TrainingOptions options) {
    this.net = net;
    this.train = train;
    this.test = test;
    this.classes = classes;
    this.options = options;
  }

  void run() throws IOException {
    if (options.threads != null) {
      Facula.setNumThreads(options.threads);
    }
    if (options.load != null) {
      net.loadStateDict(Safetensors.load(options.load));
    }
    print("%s on %d threads", Facula.backend(), Facula.getNumThreads());
    print("%d images for training, %d for tests; %s", train.size(), test.size(), net);
    Optimizer optimizer = options.optimizer(net.parameters());
    var loader =
        new DataLoader(train, options.batchSize, o -> o.shuffle(true).numWorkers(options.workers));
    Score score = null;
    for (int epoch = 1; epoch <= options.epochs; epoch++) {
      long start = System.nanoTime();
      double loss = trainEpoch(epoch, loader, optimizer);
      double seconds = (System.nanoTime() - start) / 1e9;
      score = evaluate();
      print(
          "epoch %d/%d: train loss %.4f, test accuracy %.2f %% (%.1f s, %.0f images/s)",
          epoch, options.epochs, loss, 100 * score.accuracy(), seconds, train.size() / seconds);
    }
    report(score == null ? evaluate() : score);
  }

  private double trainEpoch(int epoch, DataLoader loader, Optimizer optimizer) {
    net.train();
    double sum = 0;
    int seen = 0;
    long start = System.nanoTime();
    try (ProgressBar bar = bar("epoch " + epoch)) {
      for (Batch batch : loader) {
        optimizer.zeroGrad();
        Tensor loss =
            Facula.tidy(() -> criterion.forward(net.forward(batch.input()), batch.target()));
        loss.backward();
        optimizer.step();
        int size = batch.input().size(0);
        losses.add(loss.item());
        sum += loss.item() * size;
        seen += size;
        double speed = seen / ((System.nanoTime() - start) / 1e9);
        bar.stepBy(size);
        bar.setExtraMessage(
            String.format(Locale.ROOT, "loss %.4f, %.0f images/s", loss.item(), speed));
      }
    }
    return sum / train.size();
  }

  private ProgressBar bar(String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(train.size())
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(250)
        .setMaxRenderedLength(110)
        .hideEta()
        .build();
  }

  /** How many images of each class there are, and how many were recognised. */
  private record Score(int[] count, int[] right, List<Integer> predicted) {
    double accuracy() {
      int all = 0;
      int good = 0;
      for (int i = 0; i < count.length; i++) {
        all += count[i];
        good += right[i];
      }
      return good / (double) Math.max(all, 1);
    }
  }

  private Score evaluate() {
    Score score = new Score(new int[classes.size()], new int[classes.size()], new ArrayList<>());
    net.eval();
    try (var guard = Facula.noGrad()) {
      for (Batch batch : new DataLoader(test, TEST_BATCH)) {
        long[] predicted = Facula.tidy(() -> net.forward(batch.input()).argmax(1)).toLongArray();
        long[] labels = batch.target().toLongArray();
        for (int i = 0; i < labels.length; i++) {
          score.count[(int) labels[i]]++;
          score.right[(int) labels[i]] += predicted[i] == labels[i] ? 1 : 0;
          score.predicted.add((int) predicted[i]);
        }
      }
    }
    return score;
  }

  private void report(Score score) throws IOException {
    for (int i = 0; i < classes.size(); i++) {
      print(
          "  %-12s %6.2f %% of %d",
          classes.get(i), 100.0 * score.right[i] / Math.max(score.count[i], 1), score.count[i]);
    }
    print("Final test accuracy: %.2f %%", 100 * score.accuracy());
    if (options.save != null) {
      Safetensors.save(net.stateDict(), options.save);
      print("Weights: %s", options.save);
    }
    if (!losses.isEmpty()) {
      print("Loss curve: %s", Pictures.lossCurve(losses, options.report));
    }
    print("Predictions: %s", Pictures.predictions(test, score.predicted, classes, options.report));
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
