// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Checksum;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.file.WholeFile;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A file of 32-bit float tensors and string metadata in the safetensors format, which other tools can open.
 *
 * <p>Format: the header's length as a little-endian 64-bit number, the header in JSON, then the values, little-endian. The
 * first entry of the metadata is a CRC-32C of the whole file, taken with zeros as its own eight digits; files without it
 * are not read. A file is written whole or not at all.
 *
 * @param metadata strings by key, without the checksum
 * @param tensors tensors in file order
 */
public record Safetensors(Map<String, String> metadata, List<NamedTensor> tensors) {
    static final String METADATA = "__metadata__";
    static final String CHECKSUM = "sllmr.checksum";
    /** How the header of every file begins. */
    static final byte[] BEGINNING =
            ("{\"" + METADATA + "\":{\"" + CHECKSUM + "\":\"").getBytes(StandardCharsets.US_ASCII);

    private static final int CHUNK = 1 << 18;

    /** Writes the file, replacing one that is there. */
    public void write(Path file) throws IOException {
        byte[] json = header();
        WholeFile.write(file, beside -> {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                Checksum checksum = new Checksum();
                ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                write(channel, length.putLong(json.length).flip(), checksum);
                write(channel, ByteBuffer.wrap(json), checksum);
                ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
                for (NamedTensor tensor : tensors) {
                    float[] values = tensor.values();
                    for (int from = 0; from < values.length; ) {
                        int count = Math.min(CHUNK / Float.BYTES, values.length - from);
                        chunk.clear().limit(count * Float.BYTES);
                        chunk.asFloatBuffer().put(values, from, count);
                        write(channel, chunk, checksum);
                        from += count;
                    }
                }
                channel.position(Long.BYTES + BEGINNING.length);
                write(channel, ByteBuffer.wrap(checksum.text().getBytes(StandardCharsets.US_ASCII)), new Checksum());
            }
        });
    }

    /** The header with zeros for the checksum, and spaces that make the values start at a multiple of 8 bytes. */
    private byte[] header() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeName(METADATA).writeStartObject();
            json.writeName(CHECKSUM).writeString(NO_CHECKSUM);
            metadata.forEach((key, value) -> json.writeName(key).writeString(value));
            json.writeEndObject();
            Set<String> names = new HashSet<>();
            long offset = 0;
            for (NamedTensor tensor : tensors) {
                if (!names.add(tensor.name())) {
                    throw new IllegalArgumentException("two tensors are named '" + tensor.name() + "'");
                }
                long end = offset + (long) tensor.values().length * Float.BYTES;
                json.writeName(tensor.name()).writeStartObject();
                json.writeName("dtype").writeString("F32");
                json.writeName("shape").writeArray(tensor.shape(), 0, tensor.shape().length);
                json.writeName("data_offsets").writeArray(new long[] {offset, end}, 0, 2);
                json.writeEndObject();
                offset = end;
            }
            json.writeEndObject();
        }
        String json = text.toString();
        int padding = (8 - json.getBytes(StandardCharsets.UTF_8).length % 8) % 8;
        return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    /** The form of a checksum that is not known yet. */
    static final String NO_CHECKSUM = new Checksum().text();

    private static void write(FileChannel channel, ByteBuffer buffer, Checksum checksum) throws IOException {
        checksum.add(buffer);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * Reads a file and checks all of it.
     *
     * @param remedy what to do if it cannot be read, the end of a sentence
     * @throws InvalidInputException if it is not a whole file that this class wrote
     */
    public static Safetensors read(Path file, String remedy) throws IOException {
        return read(file, remedy, new Sha256());
    }

    /**
     * Reads a file and hashes it on the way.
     *
     * @param remedy what to do if it cannot be read, the end of a sentence
     * @param hash receives all bytes of the file
     * @throws InvalidInputException if it is not a whole file that this class wrote
     */
    public static Safetensors read(Path file, String remedy, Sha256 hash) throws IOException {
        try (FileChannel channel = InputFile.open(file)) {
            return new SafetensorsReader(channel, hash).read();
        } catch (BrokenFileException | EOFException e) {
            throw new InvalidInputException(
                    file.toString(),
                    (e instanceof EOFException ? "is damaged: it ends early" : e.getMessage()) + "; " + remedy);
        }
    }
}
