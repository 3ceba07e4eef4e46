package dev.facula.vision;

import dev.facula.internal.files.SafeFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one file over HTTP. It is written beside its destination under another name and moved
 * there in one step once its length and checksum are right, so that the destination is at all times
 * either missing or complete, whatever happens to the transfer or to this program.
 */
final class Download {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);
  private static final int CONNECT_MILLIS = 15_000;
  private static final int READ_MILLIS = 60_000;

  /** Several times the largest published file: an endless answer must not fill the disk. */
  private static final long MAX_BYTES = 1L << 30;

  private Download() {}

  /**
   * Tries one address after another.
   *
   * @param md5 the published checksum, in hexadecimal
   * @throws IOException if none delivers the file; the message says why of each
   */
  static void fetch(Path target, String md5, List<String> urls, DownloadProgress progress)
      throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    StringBuilder failures = new StringBuilder();
    IOException last = null;
    String name = target.getFileName().toString();
    for (String url : urls) {
      try {
        LOG.info("Downloading {} to {}", url, target);
        SafeFile.write(target, out -> transfer(url, out, md5, name, progress));
        LOG.info("Downloaded {} ({} bytes)", target, Files.size(target));
        return;
      } catch (InterruptedIOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        last = e; // a timeout
      } catch (IOException e) {
        last = e;
      }
      LOG.warn("Download of {} failed: {}", url, last.toString());
      failures.append("\n  ").append(url).append(": ").append(last);
    }
    throw new IOException(
        "could not download "
            + target.getFileName()
            + ":"
            + failures
            + "\nWithout a network, put the file there yourself: "
            + target,
        last);
  }

  private static void transfer(
      String url, OutputStream out, String md5, String name, DownloadProgress progress)
      throws IOException {
    var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setRequestProperty("User-Agent", "facula");
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("HTTP status " + status);
      }
      long total = connection.getContentLengthLong();
      MessageDigest digest = md5();
      long count = 0;
      try (InputStream in = connection.getInputStream()) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          out.write(buffer, 0, n);
          digest.update(buffer, 0, n);
          count += n;
          progress.update(name, count, total);
          if (count > MAX_BYTES) {
            throw new IOException("more than " + MAX_BYTES + " bytes came");
          }
          if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted after " + count + " bytes");
          }
        }
      }
      if (total >= 0 && count != total) {
        throw new EOFException("ended after " + count + " of " + total + " bytes");
      }
      String found = HexFormat.of().formatHex(digest.digest());
      if (!found.equalsIgnoreCase(md5)) {
        throw new IOException("wrong checksum: md5 " + found + ", published is " + md5);
      }
    } finally {
      connection.disconnect();
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has MD5", e);
    }
  }
}
