/**
 * Neural networks for the JVM: PyTorch's programming model in pure Java.
 *
 * <p>The fast kernels need the Vector API. Start the JVM with {@code --add-modules
 * jdk.incubator.vector} and Facula finds it; without it, the scalar kernels run.
 */
module dev.facula {
  requires com.fasterxml.jackson.core;
  requires static java.desktop; // for pictures, dev.facula.vision
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.facula;
  exports dev.facula.data;
  exports dev.facula.io;
  exports dev.facula.loss;
  exports dev.facula.nn;
  exports dev.facula.optim;
  exports dev.facula.vision;
}
