package dev.facula.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerThreadTest {
  @Test
  void eachThreadHasItsOwnWhichStays() throws InterruptedException {
    PerThread<Object> values = new PerThread<>();
    assertNull(values.get());
    values.set(new Object());
    WeakReference<Object> mine = new WeakReference<>(values.get());
    List<WeakReference<Object>> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                assertNull(values.get());
                Object own = new Object();
                values.set(own);
                assertSame(own, values.get());
                others.add(new WeakReference<>(own));
              });
      thread.start();
      thread.join();
    }
    for (int i = 0; i < 500 && others.stream().anyMatch(o -> o.get() != null); i++) {
      System.gc();
      PerThread.forget();
      Thread.sleep(1);
    }
    for (WeakReference<Object> other : others) {
      assertNull(other.get(), "of a thread that is gone");
    }
    assertSame(mine.get(), values.get());
    values.remove();
    assertNull(values.get());
    values.remove();
  }
}
