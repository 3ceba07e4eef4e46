package dev.facula.examples;

import dev.facula.Tensor;
import dev.facula.optim.Adagrad;
import dev.facula.optim.Adam;
import dev.facula.optim.AdamW;
import dev.facula.optim.Optimizer;
import dev.facula.optim.RMSprop;
import dev.facula.optim.SGD;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of a training program. */
final class TrainingOptions {
  /** An optimizer by name. */
  enum OptimizerName {
    sgd,
    adam,
    adamw,
    rmsprop,
    adagrad
  }

  @Option(names = "--data", description = "folder with the files of the data set")
  Path data;

  @Option(names = "--download", description = "download the data set if it is not in the folder")
  boolean download;

  @Option(names = "--epochs", description = "passes over the training data")
  Integer epochs;

  @Option(names = "--batch-size", description = "images a step")
  Integer batchSize;

  @Option(names = "--lr", description = "learning rate")
  Double lr;

  @Option(
      names = "--optimizer",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, with momentum 0.9)")
  OptimizerName optimizer = OptimizerName.sgd;

  @Option(names = "--seed", description = "seed of all random numbers (default: ${DEFAULT-VALUE})")
  long seed = 0;

  @Option(names = "--threads", description = "threads of an operation (default: all processors)")
  Integer threads;

  @Option(names = "--workers", description = "threads that prepare batches (default: none)")
  int workers;

  @Option(names = "--save", description = "file for the trained weights (.safetensors)")
  Path save;

  @Option(names = "--load", description = "file of weights to start from (.safetensors)")
  Path load;

  @Option(names = "--report", description = "folder for the pictures (default: target/NAME)")
  Path report;

  /** Fills in what was not given. */
  void defaults(int epochs, int batchSize, double lr, String name) {
    this.epochs = this.epochs == null ? epochs : this.epochs;
    this.batchSize = this.batchSize == null ? batchSize : this.batchSize;
    this.lr = this.lr == null ? lr : this.lr;
    report = report == null ? Path.of("target", name) : report;
  }

  Optimizer optimizer(List<Tensor> parameters) {
    return switch (optimizer) {
      case sgd -> new SGD(parameters, lr, o -> o.momentum(0.9));
      case adam -> new Adam(parameters, lr);
      case adamw -> new AdamW(parameters, lr);
      case rmsprop -> new RMSprop(parameters, lr);
      case adagrad -> new Adagrad(parameters, lr);
    };
  }
}
