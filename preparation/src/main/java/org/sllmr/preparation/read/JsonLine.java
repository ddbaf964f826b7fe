// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Extracts the values of some keys from JSON objects, without building the objects.
 *
 * <p>A scalar is one value; a list (also of lists) gives all scalars in it; null, NaN, "" and {} are missing values,
 * which are "" in a list and none alone. Other objects are refused. Numbers keep their spelling. Of a duplicate key the last value counts, as in Python.
 */
final class JsonLine {
    private static final int MAX_DEPTH = 10_000;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // Python and pandas write NaN and Infinity without quotes.
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(DelimitedScanner.MAX_RECORD_BYTES)
                            .maxNumberLength(DelimitedScanner.MAX_RECORD_BYTES)
                            .maxNameLength(DelimitedScanner.MAX_RECORD_BYTES)
                            .build())
                    .build())
            .build();

    private final Map<String, List<Integer>> wanted = new LinkedHashMap<>();
    private final int width;
    private final boolean[] seen;

    JsonLine(List<String> columns) {
        this.width = columns.size();
        this.seen = new boolean[width];
        for (int column = 0; column < width; column++) {
            wanted.computeIfAbsent(columns.get(column), name -> new ArrayList<>())
                    .add(column);
        }
    }

    /** A line is JSON, but not an object of the kind that is read. */
    static final class UnsuitableException extends Exception {
        private static final long serialVersionUID = 1L;

        private UnsuitableException(String what) {
            super(what);
        }
    }

    /** Whether every key was in some line. */
    boolean sawAll() {
        for (boolean one : seen) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    /**
     * The values of each key.
     *
     * @param names receives the names of all keys of the object
     * @throws tools.jackson.core.JacksonException if the bytes are not JSON
     * @throws UnsuitableException if they are not exactly one object, or a wanted key has an object as its value
     */
    List<List<String>> read(byte[] bytes, int from, int length, Consumer<String> names) throws UnsuitableException {
        List<List<String>> cells = new ArrayList<>(Collections.nCopies(width, List.of()));
        try (JsonParser parser = MAPPER.createParser(bytes, from, length)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new UnsuitableException(
                        first == JsonToken.START_ARRAY
                                ? "is a list, not a JSON object; every line must be one object, such as {\"user\":"
                                        + " \"u1\"} (jq -c '.[]' turns a list into lines)"
                                : "is not a JSON object; every line must be one, such as {\"user\": \"u1\"}");
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                names.accept(name);
                JsonToken value = parser.nextToken();
                List<Integer> columns = wanted.get(name);
                if (columns == null) {
                    parser.skipChildren();
                } else {
                    List<String> values = values(parser, value, name);
                    for (int column : columns) {
                        cells.set(column, values);
                        seen[column] = true;
                    }
                }
            }
            if (parser.nextToken() != null) {
                throw new UnsuitableException("has more than one JSON object; every line must be one");
            }
        }
        return cells;
    }

    /** The error in JSON that the parser refuses. */
    static String fault(tools.jackson.core.JacksonException e) {
        return e instanceof StreamConstraintsException
                ? "has JSON that is nested more than " + MAX_DEPTH + " levels deep; flatten it"
                : "is not valid JSON at column " + e.getLocation().getColumnNr()
                        + "; every line must be one complete object";
    }

    /** The values of a JSON list, "" for a missing one. */
    static List<String> list(String json) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            return values(parser, parser.nextToken(), "");
        } catch (UnsuitableException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static List<String> values(JsonParser parser, JsonToken first, String name) throws UnsuitableException {
        if (first != JsonToken.START_ARRAY) {
            String value = scalar(parser, first, name);
            return value == null ? List.of() : List.of(value);
        }
        List<String> values = new ArrayList<>();
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else {
                String value = scalar(parser, token, name);
                values.add(value == null ? "" : value);
            }
        }
        return values;
    }

    private static @Nullable String scalar(JsonParser parser, JsonToken token, String name) throws UnsuitableException {
        if (token == JsonToken.START_OBJECT) {
            if (parser.nextToken() == JsonToken.END_OBJECT) {
                return null;
            }
            throw new UnsuitableException("has a JSON object in column '" + name
                    + "'; only texts, numbers and lists of them are read: flatten it (jq), or name another column");
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = parser.getString();
        if (token == JsonToken.VALUE_STRING) {
            return text.isEmpty() ? null : TextFile.wholeCharacters(text);
        }
        return text.equals("NaN") ? null : text;
    }
}
