// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file with a JSON header and primitive columns.
 *
 * <p>Layout, little-endian: a line with the format's name and version; the number of header bytes (4), the header, a
 * checksum (4); then for each column the number of its bytes (8), its values, a checksum (4); nothing after the last. A
 * checksum is the CRC-32C of everything before it except the checksums, so any part that is changed, removed, added or
 * moved is detected. The header is a record of the caller, so a program in any language can tell what the file is
 * without knowing the columns.
 */
public final class ColumnFile {
    /** Binds headers to records; loaded on first use, so that who reads headers as text does without it. */
    private static final class Headers {
        private static final JsonMapper JSON = JsonMapper.builder()
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();

        private static byte[] write(Object header) {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(header);
        }

        private static <H> H read(byte[] json, Class<H> type, Reader reader) {
            try {
                @Nullable H header = JSON.readValue(json, type);
                if (header == null) {
                    throw reader.damaged("its header is empty");
                }
                return header;
            } catch (JacksonException failure) {
                throw reader.damaged("its header cannot be read: " + failure.getOriginalMessage());
            }
        }
    }

    private static final int CHUNK = 1 << 16;

    private ColumnFile() {}

    /**
     * The format of a file, as its first line states it.
     *
     * @param name such as {@code sllmr teacher table}
     * @param version version of header and columns; no other is read
     * @param remedy how to make a file again that cannot be read, as the end of a sentence
     */
    public record Format(String name, int version, String remedy) {
        private byte[] line() {
            return (name + " " + version + "\n").getBytes(StandardCharsets.UTF_8);
        }

        private Optional<String> otherVersion(byte[] line) {
            Matcher matcher = Pattern.compile(Pattern.quote(name) + " ([0-9]{1,4})\n.*", Pattern.DOTALL)
                    .matcher(new String(line, StandardCharsets.ISO_8859_1));
            return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        }
    }

    /** A column: an array, which is never copied as a whole. */
    public sealed interface Values {
        /** Number of values. */
        int length();

        /** Type of the values. */
        Type type();

        /** Writes the values {@code [from, from + count)} to the start of a buffer, whose position does not change. */
        void put(ByteBuffer target, int from, int count);

        /** Reads {@code count} values from the start of a buffer into {@code [from, from + count)}. */
        void take(ByteBuffer source, int from, int count);
    }

    /** Whole numbers. */
    public record Ints(int[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public Type type() {
            return Type.INTS;
        }

        @Override
        public void put(ByteBuffer target, int from, int count) {
            target.asIntBuffer().put(values, from, count);
        }

        @Override
        public void take(ByteBuffer source, int from, int count) {
            source.asIntBuffer().get(values, from, count);
        }
    }

    /** Single-precision numbers. */
    public record Floats(float[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public Type type() {
            return Type.FLOATS;
        }

        @Override
        public void put(ByteBuffer target, int from, int count) {
            target.asFloatBuffer().put(values, from, count);
        }

        @Override
        public void take(ByteBuffer source, int from, int count) {
            source.asFloatBuffer().get(values, from, count);
        }
    }

    /** Small codes. */
    public record Bytes(byte[] values) implements Values {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public Type type() {
            return Type.BYTES;
        }

        @Override
        public void put(ByteBuffer target, int from, int count) {
            target.duplicate().put(values, from, count);
        }

        @Override
        public void take(ByteBuffer source, int from, int count) {
            source.duplicate().get(values, from, count);
        }
    }

    /** The types of a column. */
    public enum Type {
        /** See {@link Ints}. */
        INTS(Integer.BYTES) {
            @Override
            Values values(int count) {
                return new Ints(new int[count]);
            }
        },
        /** See {@link Floats}. */
        FLOATS(Float.BYTES) {
            @Override
            Values values(int count) {
                return new Floats(new float[count]);
            }
        },
        /** See {@link Bytes}. */
        BYTES(Byte.BYTES) {
            @Override
            Values values(int count) {
                return new Bytes(new byte[count]);
            }
        };

        private final int width;

        Type(int width) {
            this.width = width;
        }

        abstract Values values(int count);
    }

    /**
     * The contents of a file.
     *
     * @param header the header, as the record that it was written from
     * @param columns the columns in the order they were written
     */
    public record Contents<H>(H header, List<Values> columns) {
        /** The values of a column of {@link Ints}. */
        public int[] ints(int column) {
            return ((Ints) columns.get(column)).values();
        }

        /** The values of a column of {@link Floats}. */
        public float[] floats(int column) {
            return ((Floats) columns.get(column)).values();
        }

        /** The values of a column of {@link Bytes}. */
        public byte[] bytes(int column) {
            return ((Bytes) columns.get(column)).values();
        }
    }

    /** Writes a file, whole or not at all. */
    public static void write(Path file, Format format, Object header, List<? extends Values> columns)
            throws IOException {
        write(file, format, Headers.write(header), columns);
    }

    /** As {@link #write}, with a header that is text already. */
    public static void writeText(Path file, Format format, String header, List<? extends Values> columns)
            throws IOException {
        write(file, format, header.getBytes(StandardCharsets.UTF_8), columns);
    }

    private static void write(Path file, Format format, byte[] json, List<? extends Values> columns)
            throws IOException {
        WholeFile.write(file, beside -> {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                Writer writer = new Writer(channel);
                writer.put(ByteBuffer.wrap(format.line()));
                writer.put(buffer(Integer.BYTES).putInt(json.length).flip());
                writer.put(ByteBuffer.wrap(json));
                writer.putChecksum();
                for (Values column : columns) {
                    writer.put(column);
                }
            }
        });
    }

    /**
     * Reads a whole file and checks all of it.
     *
     * @param types types of the columns, in the order they were written
     * @throws InvalidInputException if the file is not of that format, or damaged
     */
    public static <H> Contents<H> read(Path file, Format format, Class<H> header, List<Type> types) throws IOException {
        return read(file, format, (json, reader) -> Headers.read(json, header, reader), read -> types);
    }

    /**
     * As {@link #read}, with the header as text.
     *
     * @param types the types of the columns, given the header
     */
    public static Contents<String> readText(Path file, Format format, Function<String, List<Type>> types)
            throws IOException {
        return read(file, format, (json, reader) -> new String(json, StandardCharsets.UTF_8), types);
    }

    /** Whether the first line of a file states a format, in any version; what follows may still be damaged. */
    public static boolean is(Path file, Format format) throws IOException {
        byte[] expected = (format.name() + " ").getBytes(StandardCharsets.UTF_8);
        try (InputStream stream = InputFile.stream(file)) {
            return Arrays.equals(stream.readNBytes(expected.length), expected);
        }
    }

    private static <H> Contents<H> read(
            Path file, Format format, BiFunction<byte[], Reader, H> header, Function<H, List<Type>> types)
            throws IOException {
        try (FileChannel channel = InputFile.open(file)) {
            Reader reader = new Reader(file, format, channel);
            reader.checkFormat();
            byte[] json = new byte[reader.size(reader.next(Integer.BYTES).getInt())];
            reader.next(json.length).get(json);
            reader.check("its header");
            H read = header.apply(json, reader);
            List<Values> columns = new ArrayList<>();
            for (Type type : types.apply(read)) {
                columns.add(reader.column(type, columns.size() + 1));
            }
            reader.checkEnd();
            return new Contents<>(read, columns);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer chunk() {
        return ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes a file from front to back. */
    private static final class Writer {
        private final FileChannel channel;
        private final Checksum checksum = new Checksum();
        private final ByteBuffer chunk = chunk();

        Writer(FileChannel channel) {
            this.channel = channel;
        }

        void put(ByteBuffer bytes) throws IOException {
            checksum.add(bytes);
            putAll(bytes);
        }

        void putChecksum() throws IOException {
            putAll(buffer(Integer.BYTES).putInt(checksum.value()).flip());
        }

        void put(Values column) throws IOException {
            int width = column.type().width;
            put(buffer(Long.BYTES).putLong((long) column.length() * width).flip());
            int step = CHUNK / width;
            for (int from = 0; from < column.length(); ) {
                int count = Math.min(step, column.length() - from);
                chunk.clear();
                column.put(chunk, from, count);
                put(chunk.limit(count * width));
                from += count;
            }
            putChecksum();
        }

        private void putAll(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Reads a file from front to back. */
    private static final class Reader {
        private final Path file;
        private final Format format;
        private final FileChannel channel;
        private final long end;
        private final Checksum checksum = new Checksum();
        private final ByteBuffer chunk = chunk();
        private long position;

        Reader(Path file, Format format, FileChannel channel) throws IOException {
            this.file = file;
            this.format = format;
            this.channel = channel;
            this.end = channel.size();
        }

        void checkFormat() throws IOException {
            byte[] expected = format.line();
            byte[] line = new byte[(int) Math.min(end, expected.length + Long.BYTES)];
            fill(ByteBuffer.wrap(line), 0);
            if (line.length >= expected.length && next(expected.length).equals(ByteBuffer.wrap(expected))) {
                return;
            }
            throw new InvalidInputException(
                    file.toString(),
                    format.otherVersion(line)
                                    .map(version -> "has version " + version + " of '" + format.name()
                                            + "', this program reads version " + format.version())
                                    .orElse("is not a file of the format '" + format.name() + "'")
                            + "; " + format.remedy());
        }

        /** The next bytes, which are added to the checksum. */
        ByteBuffer next(int size) throws IOException {
            ByteBuffer buffer = buffer(size(size));
            fill(buffer, position);
            position += size;
            checksum.add(buffer.flip());
            return buffer;
        }

        int size(long size) {
            if (size < 0 || size > end - position || size > Integer.MAX_VALUE - Long.BYTES) {
                throw damaged("it ends before its contents do");
            }
            return (int) size;
        }

        Values column(Type type, int number) throws IOException {
            long bytes = next(Long.BYTES).getLong();
            if (bytes < 0 || bytes > end - position || bytes % type.width != 0) {
                throw damaged("column " + number + " cannot have " + bytes + " bytes");
            }
            long length = bytes / type.width;
            if (length > ArraySize.LARGEST) {
                throw damaged("column " + number + " has " + length + " values, more than an array can hold");
            }
            Values column = type.values((int) length);
            int step = CHUNK / type.width;
            for (int from = 0; from < length; ) {
                int count = Math.min(step, (int) length - from);
                chunk.clear().limit(count * type.width);
                fill(chunk, position);
                position += chunk.limit();
                checksum.add(chunk.flip());
                column.take(chunk, from, count);
                from += count;
            }
            check("column " + number);
            return column;
        }

        void check(String what) throws IOException {
            int expected = checksum.value();
            size(Integer.BYTES);
            ByteBuffer found = buffer(Integer.BYTES);
            fill(found, position);
            position += Integer.BYTES;
            if (found.flip().getInt() != expected) {
                throw damaged("the checksum of " + what + " is wrong");
            }
        }

        void checkEnd() {
            if (position != end) {
                throw damaged((end - position) + " bytes follow its contents");
            }
        }

        private void fill(ByteBuffer buffer, long from) throws IOException {
            long at = from;
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, at);
                if (read < 0) {
                    throw damaged("it ends before its contents do");
                }
                at += read;
            }
        }

        InvalidInputException damaged(String how) {
            return new InvalidInputException(file.toString(), "is damaged: " + how + "; " + format.remedy());
        }
    }
}
