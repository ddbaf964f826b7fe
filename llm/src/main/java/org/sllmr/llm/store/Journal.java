// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.sllmr.configuration.InvalidInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of attempts that are not in the database yet: lines of a checksum and a JSON object, only ever appended to.
 *
 * <p>A line is handed to the operating system before {@link #append} returns, so that the end of the process loses none;
 * {@link #force} makes sure of them against the end of the machine too.
 */
final class Journal implements Closeable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NAME = Pattern.compile("journal-([0-9]{6,18})");
    private static final int CHECKSUM = 8;

    private final FileOutputStream file;
    private final Object forcing = new Object();
    private long bytes;
    private int entries;
    private boolean forced = true;

    /** A stream and not a channel: a channel is closed for all when the thread that writes is interrupted. */
    private Journal(FileOutputStream file) {
        this.file = file;
    }

    /** Starts a new file. */
    static Journal create(Path folder, long number) throws IOException {
        Path file = file(folder, number);
        Files.createFile(file);
        return new Journal(new FileOutputStream(file.toFile()));
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

    static byte[] line(JournalEntry entry) {
        byte[] json = JSON.writeValueAsBytes(entry);
        byte[] line = new byte[CHECKSUM + 1 + json.length + 1];
        System.arraycopy(checksum(json, 0, json.length).getBytes(StandardCharsets.US_ASCII), 0, line, 0, CHECKSUM);
        line[CHECKSUM] = ' ';
        System.arraycopy(json, 0, line, CHECKSUM + 1, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    synchronized void append(byte[] line) throws IOException {
        file.write(line);
        bytes += line.length;
        entries++;
        forced = false;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int entries() {
        return entries;
    }

    /** Waits until the device has what was appended before the call. */
    void force() throws IOException {
        // Not the lock of appending: the device takes milliseconds, in which others may append.
        synchronized (forcing) {
            synchronized (this) {
                if (forced) {
                    return;
                }
                forced = true;
            }
            file.getFD().sync();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * Reads a file's attempts.
     *
     * <p>A line that was being written when the process or the machine ended is the last one, has no end, and is left
     * out: whoever appended it was never told that it is kept.
     *
     * @throws InvalidInputException if anything else is wrong
     */
    static List<JournalEntry> read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        List<JournalEntry> entries = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < content.length; at++) {
            if (content[at] == '\n') {
                entries.add(entry(file, content, from, at, entries.size() + 1));
                from = at + 1;
            }
        }
        return entries;
    }

    private static JournalEntry entry(Path file, byte[] content, int from, int to, int line) {
        int json = from + CHECKSUM + 1;
        boolean sound = to > json
                && checksum(content, json, to - json)
                        .equals(new String(content, from, CHECKSUM, StandardCharsets.US_ASCII));
        if (sound) {
            try {
                return JSON.readValue(content, json, to - json, JournalEntry.class);
            } catch (JacksonException e) {
                sound = false;
            }
        }
        throw new InvalidInputException(
                file + ":" + line,
                "is damaged: the line does not have its checksum; cut the file there to keep what stands before, or"
                        + " restore it from a copy");
    }

    private static String checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }
}
