// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the files that {@link ColumnFile} writes. */
final class ColumnReader {
    private static final int BLOCK = 1 << 18;

    private final Path folder;

    ColumnReader(Path folder) {
        this.folder = folder;
    }

    int[] ints(String name) throws IOException {
        Path file = folder.resolve(name + ColumnFile.INTS);
        int[] values = new int[count(file, Integer.BYTES)];
        try (ReadableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
            for (int done = 0; done < values.length; ) {
                int size = Math.min(BLOCK / Integer.BYTES, values.length - done);
                fill(channel, block, size * Integer.BYTES);
                block.asIntBuffer().get(values, done, size);
                done += size;
            }
        }
        return values;
    }

    long[] longs(String name) throws IOException {
        Path file = folder.resolve(name + ColumnFile.LONGS);
        long[] values = new long[count(file, Long.BYTES)];
        try (ReadableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
            for (int done = 0; done < values.length; ) {
                int size = Math.min(BLOCK / Long.BYTES, values.length - done);
                fill(channel, block, size * Long.BYTES);
                block.asLongBuffer().get(values, done, size);
                done += size;
            }
        }
        return values;
    }

    List<String> strings(String name) throws IOException {
        long[] offsets = longs(name + ColumnFile.OFFSETS);
        Path file = folder.resolve(name + ColumnFile.UTF8);
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != Files.size(file)) {
            throw new IllegalArgumentException("offsets of " + name + " do not span its strings");
        }
        List<String> values = new ArrayList<>(offsets.length - 1);
        byte[] bytes = new byte[256];
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
            for (int row = 1; row < offsets.length; row++) {
                long length = offsets[row] - offsets[row - 1];
                if (length < 0 || length > Integer.MAX_VALUE - 8) {
                    throw new IllegalArgumentException("offsets of " + name + " are wrong at row " + row);
                }
                if (length > bytes.length) {
                    bytes = new byte[(int) Math.max(length, 2L * bytes.length)];
                }
                if (stream.readNBytes(bytes, 0, (int) length) < length) {
                    throw new EOFException(name + " ends early");
                }
                values.add(new String(bytes, 0, (int) length, StandardCharsets.UTF_8));
            }
        }
        return Collections.unmodifiableList(values);
    }

    private static int count(Path file, int bytes) throws IOException {
        long size = Files.size(file);
        if (size % bytes != 0 || size / bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(file.getFileName() + " has " + size + " bytes, which is no column");
        }
        return (int) (size / bytes);
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
