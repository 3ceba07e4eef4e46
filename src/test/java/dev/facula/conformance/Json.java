package dev.facula.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, booleans, {@code Long}, {@code Double} and null. Object
 * members keep their order: the cases rely on it.
 */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  static @Nullable Object parse(byte[] bytes, int offset, int length) throws IOException {
    try (JsonParser in = FACTORY.createParser(bytes, offset, length)) {
      in.nextToken();
      return value(in);
    }
  }

  /** A JSON object: the caller knows that one stands there. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map) {
      return (Map<String, Object>) value;
    }
    throw new IllegalArgumentException("not a JSON object: " + value);
  }

  static Map<String, Object> object(Map<String, Object> parent, String key) {
    Object value = parent.get(key);
    return value == null ? Map.of() : object(value);
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object value) {
    if (value instanceof List) {
      return (List<Object>) value;
    }
    throw new IllegalArgumentException("not a JSON list: " + value);
  }

  static List<Object> list(Map<String, Object> parent, String key) {
    Object value = parent.get(key);
    return value == null ? List.of() : list(value);
  }

  static String string(Map<String, Object> parent, String key) {
    if (parent.get(key) instanceof String s) {
      return s;
    }
    throw new IllegalArgumentException("no string '" + key + "' in " + parent.keySet());
  }

  private static @Nullable Object value(JsonParser in) throws IOException {
    switch (in.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String key = in.currentName();
          in.nextToken();
          map.put(key, value(in));
        }
        return map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(in));
        }
        return list;
      }
      case VALUE_NUMBER_INT -> {
        return in.getLongValue();
      }
      case VALUE_NUMBER_FLOAT -> {
        return in.getDoubleValue();
      }
      case VALUE_STRING -> {
        return in.getText();
      }
      case VALUE_TRUE -> {
        return true;
      }
      case VALUE_FALSE -> {
        return false;
      }
      case VALUE_NULL -> {
        return null;
      }
      default -> throw new IOException("unexpected " + in.currentToken() + " in JSON");
    }
  }
}
