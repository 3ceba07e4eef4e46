package dev.facula.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file is that is given for a safetensors file, told by how it begins. */
final class OtherFormat {
  /** Bytes that tell every format. */
  static final int BYTES = 512;

  private static final String CONVERT =
      "; convert it in Python with safetensors.torch.save_file(state_dict, \"model.safetensors\")";

  private OtherFormat() {}

  /**
   * What the file is instead and what to do, or null for nothing known.
   *
   * @param start how it begins, {@link #BYTES} bytes or all
   */
  static @Nullable String of(Path file, byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    String what = binary(text, name);
    return what != null || damaged(text) ? what : textual(text.strip(), name);
  }

  /** Whether it begins as a safetensors file does, with a length below 2^32 in eight bytes. */
  private static boolean damaged(String text) {
    return text.startsWith("\0\0\0\0", 4);
  }

  private static @Nullable String binary(String text, String name) {
    if (text.isEmpty()) {
      return "this file is empty; download or save it again";
    }
    if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
      return zip(text, name);
    }
    if (text.length() > 1 && text.charAt(0) == 0x80 && text.charAt(1) >= 2 && text.charAt(1) <= 5) {
      boolean torch = text.contains("l\u00fc\u009cF\u00f9 j\u00a8P\u0019") || pytorch(name);
      return (torch ? "this is a PyTorch checkpoint of the old format" : "this is a Python pickle")
          + ", which runs code when it is read"
          + CONVERT;
    }
    if (text.startsWith("GGUF") || text.startsWith("tjgg") || text.startsWith("lmgg")) {
      return "this is a GGUF file of llama.cpp, mostly of quantized weights; take the model's"
          + " .safetensors files, from which it was made";
    }
    if (text.startsWith("\u0089HDF\r\n\u001a\n")) {
      return "this is an HDF5 file (Keras: .h5); convert it in Python with"
          + " safetensors.numpy.save_file(weights, \"model.safetensors\")";
    }
    if (text.startsWith("\u0093NUMPY")) {
      return "this is a NumPy array (.npy); convert it in Python with"
          + " safetensors.numpy.save_file({\"name\": numpy.load(file)}, \"model.safetensors\")";
    }
    if (text.startsWith("TFL3", 4)) {
      return "this is a TensorFlow Lite model; take the model's .safetensors file";
    }
    if (onnx(text, name)) {
      return "this is an ONNX model, a graph and not a table of tensors; take the model's"
          + " .safetensors file, or read the initializers in Python and save them with"
          + " safetensors.numpy.save_file";
    }
    return packed(text);
  }

  private static @Nullable String packed(String text) {
    String kind = null;
    if (text.startsWith("\u001f\u008b")) {
      kind = "gzip (.gz)";
    } else if (text.startsWith("BZh")) {
      kind = "bzip2 (.bz2)";
    } else if (text.startsWith("\u00fd7zXZ\0")) {
      kind = "xz (.xz)";
    } else if (text.startsWith("\u0028\u00b5\u002f\u00fd")) {
      kind = "zstd (.zst)";
    } else if (text.startsWith("7z\u00bc\u00af")) {
      kind = "7-Zip (.7z)";
    } else if (text.startsWith("ustar", 257)) {
      kind = "tar (.tar)";
    }
    return kind == null ? null : "this is an archive, " + kind + "; unpack it first";
  }

  private static String zip(String text, String name) {
    if (text.contains("data.pkl")
        || text.contains("/data/")
        || text.contains("/.format_version")
        || text.contains("/byteorder")
        || pytorch(name)) {
      return "this is a PyTorch checkpoint (a zip archive of torch.save or torch.jit.save), with"
          + " pickled Python objects"
          + CONVERT;
    }
    if (text.contains(".npy") || name.endsWith(".npz")) {
      return "this is a NumPy archive (.npz); convert it in Python with"
          + " safetensors.numpy.save_file(dict(numpy.load(file)), \"model.safetensors\")";
    }
    if (name.endsWith(".keras")) {
      return "this is a Keras model (.keras); save its weights in Python with"
          + " safetensors.numpy.save_file(weights, \"model.safetensors\")";
    }
    return "this is a zip archive; unpack it first";
  }

  private static boolean pytorch(String name) {
    return name.endsWith(".pt")
        || name.endsWith(".pth")
        || name.endsWith(".ckpt")
        || name.endsWith(".bin");
  }

  /** A message that begins with the version of the format, then the producer or the graph. */
  private static boolean onnx(String text, String name) {
    return text.length() > 2
        && !damaged(text)
        && text.charAt(0) == 8
        && text.charAt(1) <= 32
        && (name.endsWith(".onnx") || "\u0012\u001a\"*2:B".indexOf(text.charAt(2)) >= 0);
  }

  private static @Nullable String textual(String text, String name) {
    if (text.startsWith("version https://git-lfs")) {
      return "this is a pointer of Git LFS, not the file itself; fetch it with git lfs pull";
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
      return "this is a web page, perhaps an error in place of a download; download the file again";
    }
    if (text.contains("\"weight_map\"")
        || name.endsWith(".index.json")
        || name.equals("index.json")) {
      return "this is the index of a model in several files; load the .safetensors files that its"
          + " \"weight_map\" names, one after another, and join the maps";
    }
    if (text.startsWith("{") || text.startsWith("[") || name.endsWith(".json")) {
      return "this is JSON text, perhaps a model's configuration; load the .safetensors file";
    }
    return null;
  }
}
