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
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;

/**
 * A file of vectors by the hash of their text. Records are appended; several processes may share the file.
 *
 * <p>Layout, little-endian: a line with the format's name and version, the encoder's hash and the length of a vector;
 * then records of equal size, each with the SHA-256 of a text, its vector and a CRC-32C of both. A damaged record loses
 * one text. A process killed while writing leaves a partial record at the end, which the next one overwrites.
 *
 * <p>Appending locks the file, and first reads what other processes have appended.
 */
final class VectorFile implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(VectorFile.class);
    private static final int RECORDS_AT_ONCE = 512;

    /** File locks exclude other processes only; this lock excludes other threads of this process. */
    private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

    private final Path path;
    private final FileChannel channel;
    private final byte[] header;
    private final int recordSize;

    /** Positions of damaged vectors of wanted items, which are overwritten. */
    private final Map<Integer, Long> damaged = new HashMap<>();

    private long next;

    private VectorFile(Path path, FileChannel channel, String encoder, int dimension) {
        this.path = path;
        this.channel = channel;
        this.header = header(encoder, dimension);
        this.recordSize = TextKey.BYTES + dimension * Float.BYTES + Integer.BYTES;
        this.next = header.length;
    }

    /** Opens an existing file read-only. */
    static VectorFile read(Path path, String encoder, int dimension) throws IOException {
        return new VectorFile(path, InputFile.open(path), encoder, dimension);
    }

    /** Opens a file for appending; creates it if missing. */
    static VectorFile append(Path path, String encoder, int dimension) throws IOException {
        InputFile.requireFile(path);
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new VectorFile(path, channel, encoder, dimension);
    }

    /** The name of an encoder's file. It contains the version, so that versions of the program can share a folder. */
    static String name(String encoder) {
        return "vectors-3-" + encoder.substring(0, Math.min(16, encoder.length())) + ".bin";
    }

    /** Loads all undamaged vectors that are wanted. */
    void load(WantedVectors wanted) throws IOException {
        if (headerIsValid()) {
            loadRecords(wanted);
        }
    }

    /** Loads what others have appended, then appends the vectors of the given items that are still missing. */
    @SuppressWarnings("try") // The lock is not used otherwise.
    void append(WantedVectors wanted, int[] items) throws IOException {
        THIS_PROCESS.lock();
        try (FileLock held = channel.lock()) {
            if (!headerIsValid()) {
                begin();
            }
            loadRecords(wanted);
            ByteBuffer records = buffer(items.length * recordSize);
            for (int item : items) {
                Long place = damaged.remove(item);
                if (place != null) {
                    LOGGER.warn("{} was damaged at byte {}; the vector is computed again", path, place);
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
            // The rest is a partial record of a killed process.
            channel.truncate(next);
        } finally {
            THIS_PROCESS.unlock();
        }
    }

    /** Forces everything to the disk. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        // Closing a file releases all locks of the process on it.
        THIS_PROCESS.lock();
        try {
            channel.close();
        } finally {
            THIS_PROCESS.unlock();
        }
    }

    private boolean headerIsValid() throws IOException {
        ByteBuffer found = buffer(header.length);
        return read(found, 0) == header.length && found.flip().equals(ByteBuffer.wrap(header));
    }

    private void begin() throws IOException {
        if (channel.size() > 0) {
            LOGGER.warn("{} is damaged at its beginning, so its vectors are computed again", path);
        }
        channel.truncate(0);
        write(ByteBuffer.wrap(header), 0);
        next = header.length;
    }

    /** Reads from the last position to the last complete record. */
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
        wanted.read(item, records, at + TextKey.BYTES);
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

    /** Fills the buffer from a position; returns the number of bytes read. */
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
        try {
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
        } catch (IOException e) {
            throw Reason.named(path, e);
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
