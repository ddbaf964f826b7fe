// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.WholeFile;

/**
 * An append-only file of attempts that are not in the database yet. Each line has a checksum and a JSON object.
 *
 * <p>The first line states how many bytes the device is known to have, so that a lost end is noticed; it is overwritten
 * after each {@link #force}. Files of earlier versions have no such line.
 *
 * <p>{@link #append} returns after the operating system has the line, so the end of the process loses none; after
 * {@link #force} they also survive a crash of the machine.
 */
final class Journal implements Closeable {
    private static final Pattern NAME = Pattern.compile("journal-([0-9]{6,18})");

    private static final String FORMAT = "sllmr journal 2 ";
    private static final int HEADER = header(0).length;

    private final Path path;
    private final RandomAccessFile file;
    private final Object forcing = new Object();
    private long bytes;
    private int entries;
    private boolean forced = true;
    private boolean torn;

    /** Not a channel, because an interrupt of a writing thread closes it for all threads. */
    private Journal(Path path, RandomAccessFile file) throws IOException {
        this.path = path;
        this.file = file;
        file.seek(HEADER);
    }

    private static byte[] header(long length) {
        byte[] text = String.format(Locale.ROOT, "%s%016x", FORMAT, length).getBytes(StandardCharsets.US_ASCII);
        return (new String(text, StandardCharsets.US_ASCII) + " " + JournalLines.checksum(text, 0, text.length) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Starts a new file. */
    static Journal create(Path folder, long number) throws IOException {
        Path file = file(folder, number);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        // The file is created with its first line, so a file without it is damaged.
        WholeFile.write(file, beside -> Files.write(beside, header(HEADER)));
        return new Journal(file, new RandomAccessFile(file.toFile(), "rw"));
    }

    static Path file(Path folder, long number) {
        return folder.resolve(String.format(Locale.ROOT, "journal-%06d", number));
    }

    /** Numbers of the files in a folder, rising. */
    static List<Long> numbers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> number(file.getFileName().toString()))
                    .filter(OptionalLong::isPresent)
                    .map(OptionalLong::getAsLong)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private static OptionalLong number(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /**
     * Appends a line, whole or not at all.
     *
     * @throws IOException if that fails, such as on a full disk; the lines before stay readable
     */
    synchronized void append(byte[] line) throws IOException {
        if (torn) {
            throw new IOException(path + " cannot be written: its last line could not be removed");
        }
        try {
            file.write(line);
        } catch (IOException e) {
            tearOff(e);
            throw Reason.named(path, e);
        }
        bytes += line.length;
        entries++;
        forced = false;
    }

    /** Removes the part of a line that was written, or the next line would be damaged. */
    private void tearOff(IOException failure) {
        try {
            file.setLength(HEADER + bytes);
            file.seek(HEADER + bytes);
        } catch (IOException e) {
            torn = true;
            failure.addSuppressed(e);
        }
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int entries() {
        return entries;
    }

    /** Waits until the device has everything that was appended before the call. */
    void force() throws IOException {
        // Without the lock of appending: forcing takes milliseconds, in which other threads may append.
        synchronized (forcing) {
            long length;
            synchronized (this) {
                if (forced) {
                    return;
                }
                forced = true;
                length = HEADER + bytes;
            }
            file.getFD().sync();
            synchronized (this) {
                file.seek(0);
                file.write(header(length));
                file.seek(HEADER + bytes);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * Reads a file's attempts.
     *
     * <p>A last line without an end was being written when the process or machine ended. It is skipped, because its
     * append never returned. All bytes that the first line states must exist.
     *
     * @throws InvalidInputException if anything else is wrong
     */
    static List<JournalEntry> read(Path file) throws IOException {
        byte[] content = InputFile.bytes(file);
        boolean earlier = isEarlier(content);
        return JournalLines.read(file.toString(), content, earlier ? 0 : begin(file, content), earlier ? 1 : 2);
    }

    /** Whether a file is of an earlier version, whose first line is an attempt. */
    private static boolean isEarlier(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        return end < content.length && JournalLines.isValid(content, 0, end);
    }

    /** Where the attempts begin; checks that the file has the bytes that its first line states. */
    private static int begin(Path file, byte[] content) {
        long length = -1;
        try {
            length =
                    Long.parseLong(new String(content, FORMAT.length(), 2 * Long.BYTES, StandardCharsets.US_ASCII), 16);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // Reported below.
        }
        if (length < HEADER || !Arrays.equals(header(length), Arrays.copyOf(content, HEADER))) {
            throw new InvalidInputException(
                    file + ":1",
                    "is damaged: the line has no valid checksum; restore the file from a copy, or remove it:"
                            + " its requests are then asked again");
        }
        if (length > content.length || content[(int) length - 1] != '\n') {
            throw new InvalidInputException(
                    file.toString(),
                    "is damaged: it had at least " + length + " bytes, now it has " + content.length
                            + "; restore it from a copy, or remove it: its requests are then asked again");
        }
        return HEADER;
    }
}
