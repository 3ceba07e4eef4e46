package dev.facula.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on the loopback interface. */
class DownloadTest {
  private static final byte[] CONTENT = new byte[200_000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir Path folder;
  private HttpServer server;
  private String base;
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    serve("/good", CONTENT.length, CONTENT.length);
    serve("/chunked", 0, CONTENT.length); // 0: no Content-Length
    serve("/short", CONTENT.length, CONTENT.length / 2);
    serve("/chunkedshort", 0, CONTENT.length / 2);
    server.createContext(
        "/missing",
        exchange -> {
          asked.add("/missing");
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  private void serve(String path, long announced, int sent) {
    server.createContext(
        path,
        exchange -> {
          asked.add(path);
          exchange.sendResponseHeaders(200, announced);
          exchange.getResponseBody().write(CONTENT, 0, sent);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static String md5() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(CONTENT));
  }

  private void assertNothingLeft() throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void bringsTheFileAndReportsProgress() throws Exception {
    Path target = folder.resolve("new/folder/file.gz");
    List<Long> seen = new ArrayList<>();
    Download.fetch(
        target,
        md5(),
        List.of(base + "/good"),
        (file, bytes, total) -> {
          assertEquals("file.gz", file);
          assertEquals(CONTENT.length, total);
          seen.add(bytes);
        });
    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(CONTENT.length, seen.get(seen.size() - 1));
    assertEquals(seen.stream().sorted().toList(), seen);
    try (var files = Files.list(target.getParent())) {
      assertEquals(List.of(target), files.toList());
    }
  }

  @Test
  void needsNoContentLengthAndReplacesAnOldFile() throws Exception {
    Path target = Files.writeString(folder.resolve("file"), "old");
    Download.fetch(
        target, md5(), List.of(base + "/chunked"), (file, bytes, total) -> assertEquals(-1, total));
    assertArrayEquals(CONTENT, Files.readAllBytes(target));
  }

  @Test
  void takesTheNextMirrorIfOneIsDead() throws Exception {
    String dead;
    try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      dead = "http://127.0.0.1:" + socket.getLocalPort() + "/x"; // nobody listens once closed
    }
    Path target = folder.resolve("file");
    List<String> urls =
        List.of(dead, base + "/missing", base + "/short", base + "/chunkedshort", base + "/good");
    Download.fetch(target, md5(), urls, (file, bytes, total) -> {});
    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of("/missing", "/short", "/chunkedshort", "/good"), asked);
  }

  @Test
  void aWrongChecksumLeavesNothing() throws IOException {
    Path target = folder.resolve("file");
    String wrong = "00000000000000000000000000000000";
    var e =
        assertThrows(
            IOException.class,
            () -> Download.fetch(target, wrong, List.of(base + "/good"), (f, b, t) -> {}));
    assertTrue(e.getMessage().contains("wrong checksum"), e.getMessage());
    assertNothingLeft();
  }

  @Test
  void aTruncatedTransferLeavesNothing() throws Exception {
    Path target = folder.resolve("file");
    String md5 = md5();
    List<String> urls = List.of(base + "/short", base + "/chunkedshort", base + "/missing");
    var e =
        assertThrows(IOException.class, () -> Download.fetch(target, md5, urls, (f, b, t) -> {}));
    for (String url : urls) {
      assertTrue(e.getMessage().contains(url), e.getMessage());
    }
    assertTrue(e.getMessage().contains("HTTP status 404"), e.getMessage());
    assertTrue(e.getMessage().contains("put the file there yourself: " + target), e.getMessage());
    assertNothingLeft();
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    Path target = folder.resolve("file");
    String md5 = md5();
    List<String> urls = List.of(base + "/good", base + "/good");
    assertThrows(
        InterruptedIOException.class,
        () -> Download.fetch(target, md5, urls, (f, b, t) -> Thread.currentThread().interrupt()));
    assertTrue(Thread.interrupted());
    assertEquals(1, asked.size());
    assertNothingLeft();
  }

  @Test
  void anExceptionFromTheListenerLeavesNothing() throws Exception {
    Path target = folder.resolve("file");
    String md5 = md5();
    assertThrows(
        IllegalStateException.class,
        () ->
            Download.fetch(
                target,
                md5,
                List.of(base + "/good"),
                (f, b, t) -> {
                  throw new IllegalStateException();
                }));
    assertFalse(Files.exists(target));
    assertNothingLeft();
  }
}
