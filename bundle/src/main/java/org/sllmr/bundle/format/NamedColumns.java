// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.data.file.ColumnFile;

/** Arrays and lists of strings by name, in one file with checksums. */
final class NamedColumns {
    /** Version of the format of columns. */
    private static final int VERSION = 1;

    private static final String REMEDY = "export the run again, or copy the bundle again";

    /** Strings are bytes in UTF-8 and where each of them starts. */
    private static final String STARTS = ".starts";

    private static final String BYTES = ".bytes";

    private final Map<String, ColumnFile.Values> columns = new LinkedHashMap<>();

    /** A file's header: its columns in order. */
    record Header(List<Named> columns) {
        /** A column's name and type. */
        record Named(String name, ColumnFile.Type type) {}
    }

    void put(String name, int[] values) {
        columns.put(name, new ColumnFile.Ints(values));
    }

    void put(String name, float[] values) {
        columns.put(name, new ColumnFile.Floats(values));
    }

    void put(String name, boolean[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        columns.put(name, new ColumnFile.Bytes(bytes));
    }

    void put(String name, List<String> values) {
        int[] starts = new int[values.size() + 1];
        long size = 0;
        for (int i = 0; i < values.size(); i++) {
            size += values.get(i).getBytes(StandardCharsets.UTF_8).length;
            starts[i + 1] = ArraySize.of(size, name, "bytes of text", "shorten the items' texts");
        }
        ByteBuffer bytes = ByteBuffer.allocate(starts[values.size()]);
        values.forEach(value -> bytes.put(value.getBytes(StandardCharsets.UTF_8)));
        put(name + STARTS, starts);
        columns.put(name + BYTES, new ColumnFile.Bytes(bytes.array()));
    }

    int[] ints(String name) {
        return columns.get(name) instanceof ColumnFile.Ints ints
                ? ints.values()
                : missing(name).ints();
    }

    float[] floats(String name) {
        return columns.get(name) instanceof ColumnFile.Floats floats
                ? floats.values()
                : missing(name).floats();
    }

    boolean[] booleans(String name) {
        byte[] bytes = bytes(name);
        boolean[] values = new boolean[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] != 0;
        }
        return values;
    }

    private byte[] bytes(String name) {
        return columns.get(name) instanceof ColumnFile.Bytes bytes
                ? bytes.values()
                : missing(name).bytes();
    }

    boolean has(String name) {
        return columns.containsKey(name);
    }

    /** Strings, each made when it is asked for. */
    List<String> strings(String name) {
        int[] starts = ints(name + STARTS);
        byte[] bytes = bytes(name + BYTES);
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return new String(bytes, starts[index], starts[index + 1] - starts[index], StandardCharsets.UTF_8);
            }

            @Override
            public int size() {
                return starts.length - 1;
            }
        };
    }

    /** Never gives an array. */
    private static ColumnsOfNothing missing(String name) {
        throw new InvalidInputException(name, "is not among the columns; " + REMEDY);
    }

    private record ColumnsOfNothing(int[] ints, float[] floats, byte[] bytes) {}

    private static ColumnFile.Format format(String what) {
        return new ColumnFile.Format("sllmr bundle " + what, VERSION, REMEDY);
    }

    void write(Path file, String what) throws IOException {
        List<Header.Named> names = new ArrayList<>();
        columns.forEach((name, values) -> names.add(new Header.Named(name, values.type())));
        ColumnFile.writeText(
                file,
                format(what),
                SettingsWriter.of(Variants.none()).writeJson(new Header(names)),
                List.copyOf(columns.values()));
    }

    static NamedColumns read(Path file, String what) throws IOException {
        ColumnFile.Contents<String> contents = ColumnFile.readText(
                file,
                format(what),
                text -> header(file, text).columns().stream()
                        .map(Header.Named::type)
                        .toList());
        NamedColumns read = new NamedColumns();
        List<Header.Named> names = header(file, contents.header()).columns();
        for (int i = 0; i < names.size(); i++) {
            read.columns.put(names.get(i).name(), contents.columns().get(i));
        }
        return read;
    }

    private static Header header(Path file, String text) {
        return Documents.read(Header.class, file.toString(), text);
    }
}
