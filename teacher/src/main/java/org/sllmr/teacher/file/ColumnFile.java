// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Unfinished;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of a JSON header and primitive columns.
 *
 * <p>Layout, little-endian: a line with the format's name, the number of header bytes (4), the header, then each column
 * as its number of bytes (8), its values and their CRC-32C (4). The header is a record of the caller's, so a reader of
 * any language can say what the file is without knowing the columns.
 */
public final class ColumnFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();
    private static final int CHUNK = 1 << 16;

    private ColumnFile() {}

    /** A column: one array, never copied as a whole. */
    public sealed interface Values {
        /** Number of values. */
        int length();

        /** Bytes a value. */
        int width();

        /** Puts the values {@code [from, from + count)} at the start of a buffer, whose position stays. */
        void put(ByteBuffer target, int from, int count);
    }

    /** Whole numbers. */
    public record Ints(int[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public int width() {
            return Integer.BYTES;
        }

        @Override
        public void put(ByteBuffer target, int from, int count) {
            target.asIntBuffer().put(values, from, count);
        }
    }

    /** Single-precision numbers. */
    public record Floats(float[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public int width() {
            return Float.BYTES;
        }

        @Override
        public void put(ByteBuffer target, int from, int count) {
            target.asFloatBuffer().put(values, from, count);
        }
    }

    /** Small codes. */
    public record Bytes(byte[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public int width() {
            return Byte.BYTES;
        }

        @Override
        public void put(ByteBuffer target, int from, int count) {
            target.duplicate().put(values, from, count);
        }
    }

    /** What a reader expects a column to hold. */
    public enum Type {
        /** See {@link Ints}. */
        INTS(Integer.BYTES) {
            @Override
            Values values(ByteBuffer source, int count) {
                int[] values = new int[count];
                source.asIntBuffer().get(values);
                return new Ints(values);
            }
        },
        /** See {@link Floats}. */
        FLOATS(Float.BYTES) {
            @Override
            Values values(ByteBuffer source, int count) {
                float[] values = new float[count];
                source.asFloatBuffer().get(values);
                return new Floats(values);
            }
        },
        /** See {@link Bytes}. */
        BYTES(Byte.BYTES) {
            @Override
            Values values(ByteBuffer source, int count) {
                byte[] values = new byte[count];
                source.get(values);
                return new Bytes(values);
            }
        };

        private final int width;

        Type(int width) {
            this.width = width;
        }

        abstract Values values(ByteBuffer source, int count);
    }

    /**
     * What a file holds.
     *
     * @param header the header, as the record that wrote it
     * @param columns the columns in the order they were written
     */
    public record Contents<H>(H header, List<Values> columns) {
        /** The whole numbers at a place. */
        public int[] ints(int column) {
            return ((Ints) columns.get(column)).values();
        }

        /** The single-precision numbers at a place. */
        public float[] floats(int column) {
            return ((Floats) columns.get(column)).values();
        }

        /** The codes at a place. */
        public byte[] bytes(int column) {
            return ((Bytes) columns.get(column)).values();
        }
    }

    /**
     * Writes a file beside its place and then moves it there, so that a reader sees all of it or nothing.
     *
     * @param format name and version of what is written, one line, such as {@code sllmr teacher table 1}
     */
    public static void write(Path file, String format, Object header, List<Values> columns) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file name");
        }
        Files.createDirectories(folder);
        Path beside = Unfinished.beside(target);
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(header);
                write(channel, ByteBuffer.wrap((format + "\n").getBytes(StandardCharsets.UTF_8)));
                write(channel, buffer(Integer.BYTES).putInt(json.length).flip());
                write(channel, ByteBuffer.wrap(json));
                for (Values column : columns) {
                    write(channel, column);
                }
                channel.force(true);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Reads a file whole and checks every column's sum.
     *
     * @param types what the columns hold, in the order they were written
     * @throws InvalidInputException if the file is none of that format, or damaged
     */
    public static <H> Contents<H> read(Path file, String format, Class<H> header, List<Type> types) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Reader reader = new Reader(file, channel);
            byte[] name = (format + "\n").getBytes(StandardCharsets.UTF_8);
            if (channel.size() < name.length || !ByteBuffer.wrap(name).equals(reader.next(name.length))) {
                throw new InvalidInputException(
                        file.toString(), "is no file of the format '" + format + "'; make it again with this version");
            }
            byte[] json = new byte[reader.size(reader.next(Integer.BYTES).getInt())];
            reader.next(json.length).get(json);
            H read;
            try {
                read = JSON.readValue(json, header);
            } catch (JacksonException failure) {
                throw reader.damaged("its header cannot be read: " + failure.getOriginalMessage());
            }
            List<Values> columns = new ArrayList<>();
            for (Type type : types) {
                columns.add(reader.column(type));
            }
            return new Contents<>(read, columns);
        }
    }

    private static void write(FileChannel channel, Values column) throws IOException {
        long bytes = (long) column.length() * column.width();
        write(channel, buffer(Long.BYTES).putLong(bytes).flip());
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = buffer(CHUNK);
        for (int from = 0; from < column.length(); from += CHUNK / Integer.BYTES) {
            int count = Math.min(CHUNK / Integer.BYTES, column.length() - from);
            buffer.clear();
            column.put(buffer, from, count);
            buffer.limit(count * column.width());
            checksum.update(buffer.duplicate());
            write(channel, buffer);
        }
        write(channel, buffer(Integer.BYTES).putInt((int) checksum.getValue()).flip());
    }

    private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Walks through a file from front to back. */
    private static final class Reader {
        private final Path file;
        private final FileChannel channel;
        private long position;

        Reader(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        ByteBuffer next(int size) throws IOException {
            size(size);
            MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_ONLY, position, size);
            position += size;
            return buffer.order(ByteOrder.LITTLE_ENDIAN);
        }

        int size(long size) throws IOException {
            if (size < 0 || size > channel.size() - position || size > Integer.MAX_VALUE) {
                throw damaged("it ends before its contents do");
            }
            return (int) size;
        }

        Values column(Type type) throws IOException {
            int bytes = size(next(Long.BYTES).getLong());
            ByteBuffer buffer = next(bytes);
            CRC32C checksum = new CRC32C();
            checksum.update(buffer.duplicate());
            if (next(Integer.BYTES).getInt() != (int) checksum.getValue() || bytes % type.width != 0) {
                throw damaged("a column's checksum is wrong");
            }
            return type.values(buffer, bytes / type.width);
        }

        InvalidInputException damaged(String how) {
            return new InvalidInputException(file.toString(), "is damaged: " + how + "; make it again");
        }
    }
}
