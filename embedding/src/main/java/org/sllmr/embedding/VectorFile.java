// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sllmr.data.file.Checksum;

/**
 * Vectors that are appended in blocks of {@value #BLOCK}, the last one shorter, each with its checksum.
 *
 * <p>Layout, little-endian: the format's name, the key, and for each block the number of its vectors, their values and
 * a CRC-32C of both and of the number of vectors before it. Whatever follows the last sound block is dropped.
 */
final class VectorFile implements AutoCloseable {
    /** Vectors of a block: what a stop costs at most. */
    static final int BLOCK = 256;

    private static final String FORMAT = "sllmr vectors 2 ";

    private final FileChannel channel;
    private final int dimension;
    private final byte[] header;

    private VectorFile(FileChannel channel, int dimension, byte[] header) {
        this.channel = channel;
        this.dimension = dimension;
        this.header = header;
    }

    /** Opens the file to append to it, for this process alone; makes it where there is none. */
    static VectorFile grow(Path path, String key, int dimension) throws IOException {
        VectorFile file = new VectorFile(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                dimension,
                header(key));
        try {
            if (file.channel.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            return file;
        } catch (OverlappingFileLockException held) {
            file.close();
            throw new IOException(
                    path + " is being filled by another run; wait for it or use another cache folder", held);
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    /** Reads the sound blocks of a file into {@code vectors} and returns the number of vectors read. */
    static int read(Path path, String key, int dimension, float[] vectors) throws IOException {
        try (VectorFile file =
                new VectorFile(FileChannel.open(path, StandardOpenOption.READ), dimension, header(key))) {
            return file.read(vectors).vectors();
        }
    }

    /** Reads the sound blocks into {@code vectors}, drops the rest, and returns the number of vectors read. */
    int resume(float[] vectors) throws IOException {
        Sound sound = read(vectors);
        channel.truncate(sound.bytes());
        if (sound.bytes() == 0) {
            write(ByteBuffer.wrap(header), 0);
        }
        return sound.vectors();
    }

    /** How much of a file can be used. */
    private record Sound(long bytes, int vectors) {}

    private Sound read(float[] vectors) throws IOException {
        if (!read(0, header.length).equals(ByteBuffer.wrap(header))) {
            return new Sound(0, 0);
        }
        long position = header.length;
        int total = vectors.length / dimension;
        int done = 0;
        while (done < total) {
            int count = Math.min(BLOCK, total - done);
            int size = blockSize(count);
            ByteBuffer block = read(position, size);
            if (block.getInt(0) != count
                    || block.getInt(size - Integer.BYTES) != checksum(block, size - Integer.BYTES, done)) {
                break;
            }
            block.position(Integer.BYTES).asFloatBuffer().get(vectors, done * dimension, count * dimension);
            position += size;
            done += count;
        }
        return new Sound(position, done);
    }

    /** Appends the vectors {@code [from, to)}. */
    void append(float[] vectors, int from, int to) throws IOException {
        int size = blockSize(to - from);
        ByteBuffer block = buffer(size);
        block.putInt(to - from);
        block.asFloatBuffer().put(vectors, from * dimension, (to - from) * dimension);
        block.putInt(size - Integer.BYTES, checksum(block, size - Integer.BYTES, from));
        write(block.rewind(), channel.size());
    }

    /** Makes sure that everything is on the disk. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static byte[] header(String key) {
        return (FORMAT + key + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private int blockSize(int count) {
        return Integer.BYTES + count * dimension * Float.BYTES + Integer.BYTES;
    }

    /** What there is of the bytes asked for; the rest is 0. */
    private ByteBuffer read(long position, int size) throws IOException {
        ByteBuffer buffer = buffer(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.clear();
    }

    private void write(ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(ByteBuffer buffer, int length, int before) {
        return new Checksum()
                .add(buffer(Integer.BYTES).putInt(before).flip())
                .add(buffer.duplicate().position(0).limit(length))
                .value();
    }
}
