package dev.facula.io;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.FileFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other formats that somebody gives for safetensors. */
class OtherFormatTest {
  @TempDir Path folder;

  private String refusal(String name, byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve(name), bytes);
    String message =
        assertThrows(FileFormatException.class, () -> Safetensors.load(path)).getMessage();
    assertTrue(message.startsWith(path + ": "), message);
    return message;
  }

  /** Text with octal escapes, one byte a character. */
  private static byte[] bytes(String text, int length) {
    byte[] start = text.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[Math.max(start.length, length)];
    System.arraycopy(start, 0, all, 0, start.length);
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // name | first bytes | what it is | what to do
        "a.pt | PK\\3\\4\\0\\0\\10\\10\\0\\0\\0a/data.pkl | PyTorch checkpoint | save_file",
        "pytorch_model.bin | PK\\3\\4\\0\\0\\10\\10\\0\\0\\0pytorch_model/data.pkl | PyTorch |"
            + " save_file",
        "ts.pt | PK\\3\\4\\0\\0\\10\\10\\0\\0\\0ts/data/0 | PyTorch checkpoint | save_file",
        "renamed.safetensors | PK\\3\\4\\0\\0\\10\\10\\0\\0\\0archive/data.pkl | PyTorch |"
            + " save_file",
        "old.pth | \\200\\2\\212\\n"
            + "l\\374\\234F\\371 j\\250P\\31. | PyTorch checkpoint of the old | save_file",
        "x | \\200\\2\\212\\n"
            + "l\\374\\234F\\371 j\\250P\\31. | PyTorch checkpoint of the old | save_file",
        "p.pkl | \\200\\4\\225\\n\\0\\0\\0\\0\\0\\0\\0} | Python pickle | save_file",
        "x.npz | PK\\3\\4-\\0\\0\\0\\0\\0a.npy | NumPy archive | numpy.load",
        "x.npy | \\223NUMPY\\1\\0v\\0{'descr' | NumPy array | numpy.load",
        "x.zip | PK\\3\\4-\\0\\0\\0\\0\\0readme | zip archive | unpack",
        "m.keras | PK\\3\\4-\\0\\0\\0\\0\\0metadata.json | Keras | save_file",
        "m.gguf | GGUF\\3\\0\\0\\0 | GGUF | .safetensors",
        "m.onnx | \\10\\7\\22\\7pytorch | ONNX | .safetensors",
        "m.h5 | \\211HDF\\r\\n\\32\\n\\0 | HDF5 | save_file",
        "m.tflite | \\34\\0\\0\\0TFL3 | TensorFlow Lite | .safetensors",
        "m.safetensors.gz | \\37\\213\\10\\0\\0\\0\\0\\0\\0\\3 | gzip | unpack",
        "m.bz2 | BZh91AY&SY | bzip2 | unpack",
        "m.xz | \\3757zXZ\\0\\0\\4 | xz | unpack",
        "m.zst | (\\265/\\375\\4\\0\\0\\0 | zstd | unpack",
        "m.7z | 7z\\274\\257\\47\\34\\0\\4 | 7-Zip | unpack",
        "model.safetensors | version https://git-lfs.github.com/spec/v1 | Git LFS | git lfs pull",
        "model.safetensors | \\n<!DOCTYPE html><html> | web page | download",
        "model.safetensors | <html lang=\"en\"> | web page | download",
        "model.safetensors.index.json | {\\n  \"metadata\": { | index of a model | weight_map",
        "index.json | {\"metadata\":{},\"weight_map\":{} | index of a model | weight_map",
        "i.json | {\"metadata\":{},\"weight_map\":{} | index of a model | weight_map",
        "index.json | { \"a\": 1 } | index of a model | weight_map",
        "config.json | {\"hidden_size\": 64} | JSON | .safetensors",
        "list.json | [1, 2, 3, 4, 5] | JSON | .safetensors",
        "e.safetensors | `` | empty | again"
      })
  void saysWhatItIsAndWhatToDo(String name, String start, String what, String remedy)
      throws IOException {
    for (int length : new int[] {0, 600, 600_000}) {
      if (length > 0 && start.isEmpty()) {
        break;
      }
      String message = refusal(name, bytes(start, length));
      assertTrue(message.contains("no safetensors file: this "), message);
      assertTrue(message.contains(what), message);
      assertTrue(message.contains(remedy), message);
    }
  }

  @Test
  void tar() throws IOException {
    byte[] tar = bytes("model.safetensors", 1024);
    System.arraycopy(bytes("ustar", 0), 0, tar, 257, 5);
    assertTrue(refusal("m.tar", tar).contains("tar (.tar); unpack"), "of a tar archive");
  }

  @Test
  void unknownBytesAreCounted() throws IOException {
    String message = refusal("x", bytes("nothing known here", 0));
    assertTrue(message.contains("no safetensors file"), message);
    assertTrue(message.contains("at most 100000000"), message);
    // cut short, and of a length that looks like a brace
    message = refusal("x.safetensors", bytes("{\\2\\0\\0\\0\\0\\0\\0{\"a\":", 0));
    assertTrue(message.contains("a header of 635 bytes in a file of 13"), message);
    message = refusal("x.safetensors", bytes("\\10\\4\\22\\0\\0\\0\\0\\0{\"a\":", 0));
    assertFalse(message.contains("ONNX"), message);
  }

  @Test
  void directories() throws IOException {
    Path path = Files.createDirectory(folder.resolve("model"));
    String message =
        assertThrows(FileFormatException.class, () -> Safetensors.load(path)).getMessage();
    assertTrue(message.contains("is a directory") && message.contains("has none"), message);
    Files.write(path.resolve("b.safetensors"), new byte[0]);
    Files.write(path.resolve("config.json"), new byte[0]);
    message = assertThrows(FileFormatException.class, () -> Safetensors.load(path)).getMessage();
    assertTrue(message.endsWith("it has b.safetensors"), message);
  }
}
