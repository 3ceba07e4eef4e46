package dev.facula.vision;

/** Hears how far a download has come. */
@FunctionalInterface
public interface DownloadProgress {
  /**
   * Called every now and then by the thread that downloads.
   *
   * @param file the name of the file
   * @param bytes how many bytes have arrived
   * @param total how many there will be, or -1 where the server does not say
   */
  void update(String file, long bytes, long total);
}
