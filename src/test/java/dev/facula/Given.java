package dev.facula;

import dev.facula.data.DataLoader;
import dev.facula.data.Dataset;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Embedding;
import dev.facula.nn.Linear;
import dev.facula.nn.Sequential;
import dev.facula.optim.Optimizer;
import java.util.List;

/** The names that examples in the javadoc use without a declaration. */
public abstract class Given {
  protected Tensor x;
  protected Tensor y;
  protected Tensor a;
  protected Tensor b;
  protected Tensor weight;
  protected Tensor bias;
  protected Tensor input;
  protected Tensor inputs;
  protected Tensor target;
  protected Tensor labels;
  protected Tensor classes;
  protected Tensor scores;
  protected Tensor image;
  protected Tensor images;
  protected Tensor loss;
  protected List<String> names;
  protected Sequential net;
  protected Linear layer;
  protected Conv2d conv;
  protected Embedding embedding;
  protected CrossEntropyLoss criterion;
  protected Optimizer optimizer;
  protected Dataset dataset;
  protected DataLoader loader;
}
