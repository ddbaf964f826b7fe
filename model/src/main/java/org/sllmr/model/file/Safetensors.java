// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Unfinished;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of 32-bit float tensors and string metadata in the safetensors format, which other tools can open.
 *
 * <p>Format: the header's length as a little-endian 64-bit number, the header in JSON, then the values, little-endian. A
 * file holds what it did before or all of what is written: it is written beside its place and then moved there.
 *
 * @param metadata strings by key
 * @param tensors tensors in file order
 */
public record Safetensors(Map<String, String> metadata, List<NamedTensor> tensors) {
    private static final String METADATA = "__metadata__";
    private static final int CHUNK = 1 << 20;
    private static final long LONGEST_HEADER = 100_000_000;

    /** Writes the file, replacing one that is there. */
    public void write(Path file) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(METADATA, metadata);
        long offset = 0;
        for (NamedTensor tensor : tensors) {
            long end = offset + (long) tensor.values().length * Float.BYTES;
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", "F32");
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", new long[] {offset, end});
            header.put(tensor.name(), entry);
            offset = end;
        }
        byte[] json = JsonMapper.shared().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        Path absolute = file.toAbsolutePath();
        Path beside = Unfinished.beside(absolute);
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
                // Spaces after the header make the values start at a multiple of 8 bytes, as the format asks.
                int padding = (8 - json.length % 8) % 8;
                buffer.putLong(json.length + padding);
                drain(buffer, channel);
                writeAll(ByteBuffer.wrap(json), channel);
                writeAll(ByteBuffer.wrap(" ".repeat(padding).getBytes(StandardCharsets.UTF_8)), channel);
                for (NamedTensor tensor : tensors) {
                    for (float value : tensor.values()) {
                        if (buffer.remaining() < Float.BYTES) {
                            drain(buffer, channel);
                        }
                        buffer.putFloat(value);
                    }
                }
                drain(buffer, channel);
                channel.force(true);
            }
            try {
                Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException unsupported) {
                Files.move(beside, absolute, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
        writeAll(buffer.flip(), channel);
        buffer.clear();
    }

    private static void writeAll(ByteBuffer buffer, FileChannel channel) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException if it is not a whole safetensors file of 32-bit floats
     */
    public static Safetensors read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, length);
            long headerLength = length.getLong();
            if (headerLength < 2 || headerLength > Math.min(LONGEST_HEADER, channel.size() - Long.BYTES)) {
                throw broken(file, "its header cannot be " + headerLength + " bytes long");
            }
            ByteBuffer json = ByteBuffer.allocate((int) headerLength);
            readFully(channel, json);
            JsonNode header = JsonMapper.shared().readTree(json.array());
            Map<String, String> metadata = new LinkedHashMap<>();
            List<NamedTensor> tensors = new ArrayList<>();
            long start = Long.BYTES + headerLength;
            for (Map.Entry<String, JsonNode> entry : header.properties()) {
                if (entry.getKey().equals(METADATA)) {
                    entry.getValue()
                            .properties()
                            .forEach(pair ->
                                    metadata.put(pair.getKey(), pair.getValue().asString()));
                } else {
                    tensors.add(tensor(file, channel, start, entry.getKey(), entry.getValue()));
                }
            }
            return new Safetensors(metadata, List.copyOf(tensors));
        } catch (EOFException | JacksonException truncated) {
            throw broken(file, "it ends early or its header is not JSON");
        }
    }

    private static NamedTensor tensor(Path file, FileChannel channel, long start, String name, JsonNode entry)
            throws IOException {
        JsonNode lengths = entry.path("shape");
        int[] shape = new int[lengths.size()];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = lengths.get(d).asInt(-1);
        }
        long from = entry.path("data_offsets").path(0).asLong(-1);
        long to = entry.path("data_offsets").path(1).asLong(-1);
        long size = NamedTensor.size(shape);
        if (!entry.path("dtype").asString("").equals("F32")
                || from < 0
                || size < 0
                || size > Integer.MAX_VALUE
                || to - from != size * Float.BYTES
                || start + to > channel.size()) {
            throw broken(file, "tensor '" + name + "' is not 32-bit floats that the file holds");
        }
        channel.position(start + from);
        float[] values = new float[(int) size];
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < values.length; ) {
            int count = Math.min(values.length - at, CHUNK / Float.BYTES);
            buffer.clear().limit(count * Float.BYTES);
            readFully(channel, buffer);
            buffer.asFloatBuffer().get(values, at, count);
            at += count;
        }
        return new NamedTensor(name, shape, values);
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        buffer.flip();
    }

    private static InvalidInputException broken(Path file, String why) {
        return new InvalidInputException(
                file.toString(), "is not a readable model file: " + why + "; train again or copy the file again");
    }
}
