// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The non-blank lines of a text file, with their numbers.
 *
 * <p>A line ends with a line feed, a carriage return, or both: neither can be inside a JSON or Python value.
 */
final class Lines implements Closeable {
    private static final int MAX_LINE_BYTES = 1 << 28;

    private final InputStream stream;
    private byte[] buffer = new byte[1 << 16];
    /** Start and end of the line, next byte to read, and end of the bytes in the buffer. */
    private int start;

    private int finish;
    private int next;
    private int end;
    private long number;

    Lines(Path path) throws IOException {
        this.stream = TextFile.open(path);
    }

    /** Moves to the next non-blank line; false at the end. */
    boolean next() throws IOException {
        do {
            start = next;
            if (next == end && !fill()) {
                return false;
            }
            readLine();
            number++;
        } while (isBlank());
        return true;
    }

    /** Number of this line, from 1; after a failure, the number of complete lines. */
    long number() {
        return number;
    }

    /**
     * The array that contains this line, at {@link #from()} with {@link #length()} bytes, until the next one is read.
     */
    byte[] bytes() {
        return buffer;
    }

    int from() {
        return start;
    }

    int length() {
        return finish - start;
    }

    /** This line, or null if it is not UTF-8. */
    @Nullable
    String text() {
        try {
            return TextFile.decode(buffer, start, finish - start);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void readLine() throws IOException {
        while (next < end || fill()) {
            byte value = buffer[next++];
            if (value == '\n' || value == '\r') {
                int length = next - 1 - start;
                if (value == '\r' && (next < end || fill()) && buffer[next] == '\n') {
                    next++;
                }
                finish = start + length;
                return;
            }
        }
        finish = next;
    }

    private boolean isBlank() {
        for (int at = start; at < finish; at++) {
            if (buffer[at] != ' ' && buffer[at] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Reads more bytes after those of the line; false at the end of the file. */
    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            next -= start;
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= MAX_LINE_BYTES) {
                throw new UnreadableException(
                        "has a line of more than " + (MAX_LINE_BYTES >> 20) + " MiB; check line ends");
            }
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int count = stream.read(buffer, end, buffer.length - end);
        if (count <= 0) {
            return false;
        }
        end += count;
        return true;
    }
}
