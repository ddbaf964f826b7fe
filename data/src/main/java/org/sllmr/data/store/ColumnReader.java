// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.file.Checksum;
import org.sllmr.data.file.InputFile;

/** Reads the files that {@link DatasetFile} writes and checks their checksums. */
final class ColumnReader {
    private static final int BLOCK = 1 << 18;

    private final Path folder;
    private final Map<String, Manifest.StoredFile> files;

    ColumnReader(Path folder, List<Manifest.StoredFile> files) {
        this.folder = folder;
        this.files = files.stream()
                .collect(Collectors.toMap(Manifest.StoredFile::name, Function.identity(), (one, other) -> one));
    }

    /** A file does not have the expected checksum. */
    static final class ChecksumException extends IOException {
        private static final long serialVersionUID = 1;

        ChecksumException(String file) {
            super(file + " does not have the checksum in its manifest");
        }
    }

    int[] ints(String name) throws IOException {
        String file = name + DatasetFile.INTS;
        int[] values = new int[count(file, Integer.BYTES)];
        read(
                file,
                Integer.BYTES,
                values.length,
                (block, from, count) -> block.asIntBuffer().get(values, from, count));
        return values;
    }

    byte[] bytes(String name) throws IOException {
        String file = name + DatasetFile.BYTES;
        byte[] values = new byte[count(file, 1)];
        read(file, 1, values.length, (block, from, count) -> block.get(values, from, count));
        return values;
    }

    long[] longs(String name) throws IOException {
        String file = name + DatasetFile.LONGS;
        long[] values = new long[count(file, Long.BYTES)];
        read(
                file,
                Long.BYTES,
                values.length,
                (block, from, count) -> block.asLongBuffer().get(values, from, count));
        return values;
    }

    float[] floats(String name) throws IOException {
        String file = name + DatasetFile.FLOATS;
        float[] values = new float[count(file, Float.BYTES)];
        read(
                file,
                Float.BYTES,
                values.length,
                (block, from, count) -> block.asFloatBuffer().get(values, from, count));
        return values;
    }

    List<String> strings(String name) throws IOException {
        long[] offsets = longs(name + DatasetFile.OFFSETS);
        String file = name + DatasetFile.UTF8;
        Manifest.StoredFile stored = stored(file);
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != stored.size()) {
            throw new IllegalArgumentException("offsets of " + name + " do not span its strings");
        }
        List<String> values = new ArrayList<>(offsets.length - 1);
        byte[] bytes = new byte[256];
        Checksum checksum = new Checksum();
        try (InputStream stream = new BufferedInputStream(InputFile.stream(folder.resolve(file)), BLOCK)) {
            for (int row = 1; row < offsets.length; row++) {
                long length = offsets[row] - offsets[row - 1];
                if (length < 0 || length > ArraySize.LARGEST) {
                    throw new IllegalArgumentException("offsets of " + name + " are wrong at row " + row);
                }
                if (length > bytes.length) {
                    bytes = new byte[(int) Math.max(length, Math.min(ArraySize.LARGEST, 2L * bytes.length))];
                }
                if (stream.readNBytes(bytes, 0, (int) length) < length) {
                    throw new EOFException(name + " ends early");
                }
                checksum.add(bytes, 0, (int) length);
                values.add(new String(bytes, 0, (int) length, StandardCharsets.UTF_8));
            }
        }
        check(stored, checksum);
        return Collections.unmodifiableList(values);
    }

    private interface Target {
        void take(ByteBuffer block, int from, int count);
    }

    private void read(String file, int width, int length, Target target) throws IOException {
        Checksum checksum = new Checksum();
        try (FileChannel channel = InputFile.open(folder.resolve(file))) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
            for (int done = 0; done < length; ) {
                int count = Math.min(BLOCK / width, length - done);
                fill(channel, block, count * width);
                checksum.add(block);
                target.take(block, done, count);
                done += count;
            }
        }
        check(stored(file), checksum);
    }

    private Manifest.StoredFile stored(String file) {
        Manifest.StoredFile stored = files.get(file);
        if (stored == null) {
            throw new IllegalArgumentException("the manifest does not list " + file);
        }
        return stored;
    }

    private int count(String file, int bytes) {
        long size = stored(file).size();
        if (size < 0 || size % bytes != 0 || size / bytes > ArraySize.LARGEST) {
            throw new IllegalArgumentException(file + " has " + size + " bytes, which is not a column");
        }
        return (int) (size / bytes);
    }

    private static void check(Manifest.StoredFile stored, Checksum checksum) throws ChecksumException {
        if (!checksum.text().equals(stored.checksum())) {
            throw new ChecksumException(stored.name());
        }
    }

    private static void fill(ReadableByteChannel channel, ByteBuffer block, int bytes) throws IOException {
        block.clear().limit(bytes);
        while (block.hasRemaining()) {
            if (channel.read(block) < 0) {
                throw new EOFException("a column ends early");
            }
        }
        block.flip();
    }
}
