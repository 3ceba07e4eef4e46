package dev.facula.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.FileFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  private static final String GOOD =
      "{'__metadata__':{'format':'pt'},"
          + "'b':{'dtype':'F32','shape':[2,2],'data_offsets':[3,19]},"
          + "'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},"
          + "'none':{'dtype':'I64','shape':[4,0],'data_offsets':[19,19]},"
          + "'scalar':{'dtype':'BF16','shape':[],'data_offsets':[19,21]}}  ";

  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("t.safetensors"), bytes);
  }

  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer b = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    b.putLong(json.length).put(json);
    for (int i = 0; i < dataBytes; i++) {
      b.put((byte) i);
    }
    return b.array();
  }

  @Test
  void readsWhatTheHeaderSays() throws IOException {
    try (var f = SafetensorsFile.open(write(file(GOOD, 21)))) {
      assertEquals(List.of("b", "a", "none", "scalar"), List.copyOf(f.names()));
      assertEquals(Map.of("format", "pt"), f.metadata());
      var b = f.entry("b");
      assertEquals(SafetensorsHeader.ElementType.F32, b.type());
      assertArrayEquals(new long[] {2, 2}, b.shape());
      assertEquals(0, f.entry("scalar").shape().length);
      var bytes = new ByteArrayOutputStream();
      f.read(b, chunk -> bytes.write(chunk.array(), 0, chunk.remaining()));
      assertArrayEquals(
          new byte[] {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18},
          bytes.toByteArray());
      f.read(f.entry("none"), chunk -> assertEquals(0, chunk.remaining()));
      var e = assertThrows(IllegalArgumentException.class, () -> f.entry("c"));
      assertTrue(e.getMessage().contains("no tensor \"c\""), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // header | bytes of data | in the message
        "~~ | 0 | does not begin with {",
        "[] | 0 | does not begin with {",
        "{ | 0 | not valid JSON",
        "{} x | 0 | not valid JSON",
        "{}{} | 0 | follows the closing brace",
        "{} | 1 | the tensors take 0 bytes, the file holds 1",
        "{'a':1} | 0 | expected an object, found VALUE_NUMBER_INT",
        "{'a':{}} | 0 | has no dtype",
        "{'a':{'dtype':'U8','shape':[1]}} | 1 | has no data_offsets",
        "{'a':{'dtype':'U8','data_offsets':[0,1]}} | 1 | has no shape",
        "{'a':{'dtype':'U9','shape':[1],'data_offsets':[0,1]}} | 1 | dtype \"U9\" is none of",
        "{'a':{'dtype':7,'shape':[1],'data_offsets':[0,1]}} | 1 | expected a string",
        "{'a':{'dtype':'U8','shape':1,'data_offsets':[0,1]}} | 1 | expected an array",
        "{'a':{'dtype':'U8','shape':[-1],'data_offsets':[0,1]}} | 1 | shape contains -1",
        "{'a':{'dtype':'U8','shape':[1.0],'data_offsets':[0,1]}} | 1 | expected integers",
        "{'a':{'dtype':'U8','shape':[null],'data_offsets':[0,1]}} | 1 | expected integers",
        "{'a':{'dtype':'U8','shape':[99999999999999999999],'data_offsets':[0,1]}} | 1 | not valid"
            + " JSON",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0]}} | 1 | data_offsets has 1 numbers, not"
            + " 2",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1,2]}} | 1 | has 3 numbers",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[1,0]}} | 1 | end before they begin",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}} | 1 | reach beyond the file",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,1]}} | 1 | hold 1 bytes, U8 [2] takes 2",
        "{'a':{'dtype':'F64','shape':[4611686018427387904,2],'data_offsets':[0,1]}} | 1 | size"
            + " overflows",
        "{'a':{'dtype':'U8','shape':[0,9223372036854775807,2],'data_offsets':[0,1]}} | 1 | takes 0",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}} | 2 | leaves a hole before it: 1 !="
            + " 0",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}}"
            + " | 3 | overlaps the tensor before it: 1 != 2",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[1],'data_offsets':[1,2]}}"
            + " | 2 | tensor \"a\": appears twice",
        "{'a':{'dtype':'U8','shape':[1],'shape':[1],'data_offsets':[0,1]}} | 1 | shape appears"
            + " twice",
        "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1],'x':0}} | 1 | unknown field \"x\"",
        "{'__metadata__':{'a':1}} | 0 | expected a string",
        "{'__metadata__':[]} | 0 | expected an object",
        "{'__metadata__':{'a':'1','a':'2'}} | 0 | appears twice",
        "{'__metadata__':{},'__metadata__':{}} | 0 | appears twice",
      })
  void refusesAHeaderThatIsWrong(String header, int dataBytes, String message) throws IOException {
    Path path = write(file(header, dataBytes));
    var e = assertThrows(FileFormatException.class, () -> SafetensorsFile.open(path));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
  }

  @Test
  void refusesHeaderLengthsWithoutAllocatingThem() throws IOException {
    for (long length : new long[] {-1, Long.MIN_VALUE, 100_000_001L, 99_999_999L, 3}) {
      ByteBuffer b = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Path path = write(b.array());
      var e = assertThrows(FileFormatException.class, () -> SafetensorsFile.open(path));
      assertTrue(e.getMessage().contains("byte 0"), e.getMessage());
    }
  }

  @Test
  void refusesDeepNestingAndOtherEncodings() throws IOException {
    assertDocumented(write(file("{\"a\":" + "[".repeat(100_000), 0)));
    byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
    byte[] whole =
        ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(4).put(utf16).array();
    assertDocumented(write(whole));
    byte[] latin1 = file("{'a?':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}", 1);
    latin1[8 + 3] = (byte) 0xe4;
    assertDocumented(write(latin1));
  }

  @Test
  void aMissingFileIsNoFormatError() {
    assertThrows(NoSuchFileException.class, () -> SafetensorsFile.open(folder.resolve("nothing")));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = file(GOOD, 21);
    for (int n = 0; n < whole.length; n++) {
      assertDocumented(write(java.util.Arrays.copyOf(whole, n)));
    }
  }

  /** Damage may go unnoticed, in a name say; but nothing undocumented may come of it. */
  @Test
  void everyDamagedByteIsSurvived() throws IOException {
    byte[] whole = file(GOOD, 21);
    for (int at = 0; at < whole.length - 21; at++) {
      for (int flip : new int[] {1, 32, 255}) {
        byte[] bad = whole.clone();
        bad[at] ^= (byte) flip;
        Path path = write(bad);
        try (var f = SafetensorsFile.open(path)) {
          for (String name : f.names()) {
            f.read(f.entry(name), chunk -> assertTrue(chunk.remaining() <= 21));
          }
        } catch (FileFormatException e) {
          assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
        }
      }
    }
  }

  private static void assertDocumented(Path path) {
    var e = assertThrows(FileFormatException.class, () -> SafetensorsFile.open(path));
    assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
  }
}
