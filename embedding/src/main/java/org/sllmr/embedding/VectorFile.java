// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.data.file.Checksum;

/**
 * Vectors by the hash of their text, appended record by record to one file that several processes may share.
 *
 * <p>Layout, little-endian: a line with the format's name and version, the encoder's hash and the length of a vector;
 * then records of one size, each the SHA-256 of a text, the values of its vector and a CRC-32C of both. A damaged record
 * costs one text. A process that was killed in the middle of writing leaves part of a record at the end, which the next
 * one writes over.
 *
 * <p>Whoever appends holds a lock on the file for as long as that takes, and reads first what others have appended.
 */
final class VectorFile implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(VectorFile.class);
    private static final int RECORDS_AT_ONCE = 512;

    /** Locks of files are held by processes; within this one, threads wait for each other here. */
    private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

    private final Path path;
    private final FileChannel channel;
    private final byte[] header;
    private final int recordSize;

    /** Where damaged vectors of wanted items stand; they are written over. */
    private final Map<Integer, Long> damaged = new HashMap<>();

    private long next;

    private VectorFile(Path path, FileChannel channel, String encoder, int dimension) {
        this.path = path;
        this.channel = channel;
        this.header = header(encoder, dimension);
        this.recordSize = TextKey.BYTES + dimension * Float.BYTES + Integer.BYTES;
        this.next = header.length;
    }

    /** Opens a file that is there, to read only. */
    static VectorFile read(Path path, String encoder, int dimension) throws IOException {
        return new VectorFile(path, FileChannel.open(path, StandardOpenOption.READ), encoder, dimension);
    }

    /** Opens a file to append to it; makes it where there is none. */
    static VectorFile append(Path path, String encoder, int dimension) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new VectorFile(path, channel, encoder, dimension);
    }

    /** The name of an encoder's file; the version is part of it, so that two versions of the program share a folder. */
    static String name(String encoder) {
        return "vectors-3-" + encoder.substring(0, Math.min(16, encoder.length())) + ".bin";
    }

    /** Takes all sound vectors that are wanted. */
    void load(WantedVectors wanted) throws IOException {
        if (headerIsSound()) {
            loadRecords(wanted);
        }
    }

    /** Takes what others have appended, then appends those of the given items that the file still lacks. */
    @SuppressWarnings("try") // The lock is only held.
    void append(WantedVectors wanted, int[] items) throws IOException {
        THIS_PROCESS.lock();
        try (FileLock held = channel.lock()) {
            if (!headerIsSound()) {
                begin();
            }
            loadRecords(wanted);
            ByteBuffer records = buffer(items.length * recordSize);
            for (int item : items) {
                Long place = damaged.remove(item);
                if (place != null) {
                    LOGGER.warn("{} was damaged at byte {}; that vector is made again", path, place);
                    ByteBuffer record = buffer(recordSize);
                    put(wanted, item, record);
                    write(record.flip(), place);
                } else if (!wanted.isStored(item)) {
                    put(wanted, item, records);
                }
                wanted.stored(item);
            }
            write(records.flip(), next);
            next += records.limit();
            // What follows is what a killed process left, shorter than a record.
            channel.truncate(next);
        } finally {
            THIS_PROCESS.unlock();
        }
    }

    /** Makes sure that everything is on the disk. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        // Closing a file gives up the locks of the whole process on it.
        THIS_PROCESS.lock();
        try {
            channel.close();
        } finally {
            THIS_PROCESS.unlock();
        }
    }

    private boolean headerIsSound() throws IOException {
        ByteBuffer found = buffer(header.length);
        return read(found, 0) == header.length && found.flip().equals(ByteBuffer.wrap(header));
    }

    private void begin() throws IOException {
        if (channel.size() > 0) {
            LOGGER.warn("{} is damaged at its beginning, so its vectors are made again", path);
        }
        channel.truncate(0);
        write(ByteBuffer.wrap(header), 0);
        next = header.length;
    }

    /** Reads from where it stopped before to the last whole record. */
    private void loadRecords(WantedVectors wanted) throws IOException {
        ByteBuffer records = buffer(RECORDS_AT_ONCE * recordSize);
        while (true) {
            int whole = read(records.clear(), next) / recordSize;
            if (whole == 0) {
                return;
            }
            for (int index = 0; index < whole; index++) {
                load(records, index * recordSize, next + (long) index * recordSize, wanted);
            }
            next += (long) whole * recordSize;
        }
    }

    private void load(ByteBuffer records, int at, long place, WantedVectors wanted) {
        int item = wanted.item(TextKey.read(records, at));
        if (item < 0 || wanted.isStored(item)) {
            return;
        }
        int checked = recordSize - Integer.BYTES;
        if (records.getInt(at + checked) != checksum(records, at, checked)) {
            damaged.put(item, place);
            return;
        }
        damaged.remove(item);
        wanted.take(item, records, at + TextKey.BYTES);
        wanted.stored(item);
    }

    private void put(WantedVectors wanted, int item, ByteBuffer records) {
        int at = records.position();
        wanted.key(item).write(records);
        wanted.write(item, records);
        records.putInt(checksum(records, at, recordSize - Integer.BYTES));
    }

    private static byte[] header(String encoder, int dimension) {
        return ("sllmr vectors 3 " + encoder + " " + dimension + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Fills the buffer from a position on; returns how many bytes there were. */
    private int read(ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
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

    private static int checksum(ByteBuffer buffer, int at, int length) {
        return new Checksum()
                .add(buffer.duplicate().position(at).limit(at + length))
                .value();
    }
}
