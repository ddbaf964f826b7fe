// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.document.JsonReader;
import org.sllmr.configuration.document.Node;
import org.sllmr.data.file.Checksum;
import org.sllmr.data.file.Sha256;

/** Reads a file of {@link Safetensors} from front to back, and believes none of its numbers before the checksum does. */
final class SafetensorsReader {
    private static final int CHUNK = 1 << 18;
    private static final long LONGEST_HEADER = 100_000_000;

    private final FileChannel channel;
    private final long size;
    private final Checksum checksum = new Checksum();
    private final Sha256 hash;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * A reader of a file.
     *
     * @param hash receives all bytes of the file
     */
    SafetensorsReader(FileChannel channel, Sha256 hash) throws IOException {
        this.channel = channel;
        this.hash = hash;
        this.size = channel.size();
    }

    Safetensors read() throws IOException, BrokenFileException {
        long length = next(Long.BYTES).getLong();
        if (length < 2 || length > Math.min(LONGEST_HEADER, size - Long.BYTES)) {
            throw new BrokenFileException(
                    "is damaged or no safetensors file: its header cannot be " + length + " bytes long");
        }
        byte[] header = new byte[(int) length];
        ByteBuffer unread = ByteBuffer.wrap(header);
        fill(unread);
        hash.update(header, 0, header.length);
        String expected = takeChecksum(header);
        checksum.add(header);
        Node.Mapping json = parse(header);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<NamedTensor> tensors = new ArrayList<>();
        long offset = 0;
        for (Node.Entry entry : json.entries()) {
            if (entry.key().equals(Safetensors.METADATA)) {
                if (entry.value() instanceof Node.Mapping pairs) {
                    pairs.entries().forEach(pair -> metadata.put(pair.key(), text(pair.value())));
                }
            } else {
                NamedTensor tensor = tensor(entry.key(), entry.value(), offset);
                tensors.add(tensor);
                offset += (long) tensor.values().length * Float.BYTES;
            }
        }
        if (channel.position() != size) {
            throw new BrokenFileException("is damaged: " + (size - channel.position()) + " bytes follow its tensors");
        }
        if (!checksum.text().equals(expected)) {
            throw new BrokenFileException("is damaged: it does not have the checksum that its header says");
        }
        metadata.remove(Safetensors.CHECKSUM);
        return new Safetensors(metadata, List.copyOf(tensors));
    }

    /** The checksum of a header, which zeros replace. */
    private static String takeChecksum(byte[] header) throws BrokenFileException {
        int from = Safetensors.BEGINNING.length;
        int to = from + Checksum.LENGTH;
        if (header.length < to || !ByteBuffer.wrap(header, 0, from).equals(ByteBuffer.wrap(Safetensors.BEGINNING))) {
            throw new BrokenFileException(
                    "has no checksum: it is damaged, or another program or an earlier version wrote it");
        }
        String found = new String(header, from, Checksum.LENGTH, StandardCharsets.US_ASCII);
        System.arraycopy(Safetensors.NO_CHECKSUM.getBytes(StandardCharsets.US_ASCII), 0, header, from, Checksum.LENGTH);
        return found;
    }

    private static Node.Mapping parse(byte[] header) throws BrokenFileException {
        try {
            return JsonReader.document("header", new String(header, StandardCharsets.UTF_8));
        } catch (InvalidInputException e) {
            throw new BrokenFileException("is damaged: its header cannot be read: "
                    + e.problems().get(0).what());
        }
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private static List<Node> elements(Node entry, String key) {
        Node.Entry found = entry instanceof Node.Mapping mapping ? mapping.find(key) : null;
        return found != null && found.value() instanceof Node.Sequence sequence ? sequence.elements() : List.of();
    }

    /** A whole number of at most 15 digits, or -1. */
    private static long number(List<Node> nodes, int index) {
        String text = index < nodes.size() ? text(nodes.get(index)) : "";
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
    }

    /** The tensor whose values come next; they must begin where those of the one before end. */
    private NamedTensor tensor(String name, Node entry, long offset) throws IOException, BrokenFileException {
        List<Node> lengths = elements(entry, "shape");
        int[] shape = new int[lengths.size()];
        long count = 1;
        for (int d = 0; d < shape.length; d++) {
            long length = number(lengths, d);
            count = length < 0 || length > ArraySize.LARGEST ? -1 : ArraySize.product(count, length);
            if (count < 0 || count > ArraySize.LARGEST) {
                throw misplaced(name);
            }
            shape[d] = (int) length;
        }
        long from = number(elements(entry, "data_offsets"), 0);
        long to = number(elements(entry, "data_offsets"), 1);
        Node.Entry type = entry instanceof Node.Mapping mapping ? mapping.find("dtype") : null;
        if (type == null
                || !text(type.value()).equals("F32")
                || from != offset
                || to - from != count * Float.BYTES
                || to - from > size - channel.position()) {
            throw misplaced(name);
        }
        float[] values = new float[(int) count];
        for (int at = 0; at < values.length; ) {
            int some = Math.min(CHUNK / Float.BYTES, values.length - at);
            next(some * Float.BYTES).asFloatBuffer().get(values, at, some);
            at += some;
        }
        return new NamedTensor(name, shape, values);
    }

    private static BrokenFileException misplaced(String name) {
        return new BrokenFileException("is damaged: tensor '" + name
                + "' is not 32-bit floats that follow those of the tensor before it and that the file holds");
    }

    /** The next bytes, which count for the checksum. */
    private ByteBuffer next(int bytes) throws IOException {
        chunk.clear().limit(bytes);
        fill(chunk);
        hash.update(chunk.flip());
        checksum.add(chunk);
        return chunk;
    }

    private void fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
    }
}
