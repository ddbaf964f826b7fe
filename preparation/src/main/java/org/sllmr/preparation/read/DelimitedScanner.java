// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of delimited text and counts lines.
 *
 * <p>A quote opens a value only at its beginning, after optional spaces, and is doubled inside (RFC 4180). A line ends
 * with a line feed, with or without carriage returns before it; in a file whose first line ends with a carriage return
 * alone, every carriage return ends a line. Empty lines are skipped, unless there is only one column.
 *
 * <p>A record stays in the buffer as it is in the file; values become strings only when requested.
 */
final class DelimitedScanner implements Closeable {
    /** The longest record, in bytes; a longer one is usually an unclosed quote. */
    static final int MAX_RECORD_BYTES = 1 << 28;

    private static final int NO_QUOTE = Integer.MIN_VALUE;

    private final InputStream stream;
    private final byte[] delimiter;
    private final int quote;
    private byte[] buffer = new byte[1 << 16];
    /** Start of the record, next byte to read, and end of the bytes in the buffer. */
    private int start;

    private int next;
    private int end;
    /** Start and end of each field, relative to the start of the record. */
    private int[] from = new int[16];

    private int[] to = new int[16];
    private int fields;
    private int columns;
    private long lines;
    private long line;
    private boolean carriageReturnsEndLines;
    private @Nullable String fault;

    /** Reads a stream of UTF-8; {@code quote} is one character or empty. */
    DelimitedScanner(InputStream stream, String delimiter, String quote) {
        this.stream = stream;
        this.delimiter = delimiter.getBytes(StandardCharsets.UTF_8);
        this.quote = quote.isEmpty() ? NO_QUOTE : quote.charAt(0);
    }

    /** Moves to the next record; false at the end. */
    boolean next() throws IOException {
        do {
            start = next;
            if (next == end && !fill()) {
                return false;
            }
            line = lines + 1;
            readRecord();
        } while (columns != 1 && fields == 1 && from[0] == to[0]);
        columns = columns == 0 ? fields : columns;
        return true;
    }

    /** Line on which this record begins, from 1. */
    long line() {
        return line;
    }

    /** Number of complete lines read so far. */
    long lines() {
        return lines;
    }

    /** Number of values of this record. */
    int size() {
        return fields;
    }

    /** The error in this record, or null. */
    @Nullable
    String fault() {
        return fault;
    }

    /** A value of this record. */
    String text(int field) throws CharacterCodingException {
        int length = to[field] - from[field];
        return length == 0 ? "" : TextFile.decode(buffer, start + from[field], length);
    }

    /** Whether a value begins and ends with a character. */
    boolean isBetween(int field, char mark) {
        int first = start + from[field];
        int last = start + to[field] - 1;
        return last > first && buffer[first] == mark && buffer[last] == mark;
    }

    /** The values of this record. */
    List<String> texts() throws CharacterCodingException {
        List<String> texts = new ArrayList<>(fields);
        for (int field = 0; field < fields; field++) {
            texts.add(text(field));
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void readRecord() throws IOException {
        fields = 0;
        fault = null;
        int fieldStart = 0;
        int lastOfDelimiter = delimiter[delimiter.length - 1];
        while (skipPlain(lastOfDelimiter) || fill()) {
            if (next == end) {
                continue;
            }
            byte value = buffer[next++];
            if (value == lastOfDelimiter && endsWithDelimiter(fieldStart)) {
                endField(fieldStart, next - delimiter.length - start);
                fieldStart = next - start;
            } else if (value == '\n') {
                lines++;
                endField(fieldStart, next - 1 - start);
                return;
            } else if (value == '\r') {
                int length = next - 1 - start;
                if (carriageReturnEndsLine()) {
                    lines++;
                    endField(fieldStart, length);
                    return;
                }
            } else if (value == quote && isBlank(fieldStart)) {
                boolean last = readQuoted();
                if (last) {
                    return;
                }
                fieldStart = next - start;
            }
        }
        endField(fieldStart, next - start);
        lines++;
    }

    /** Skips bytes that have no special meaning; false if more must be read. */
    private boolean skipPlain(int lastOfDelimiter) {
        byte[] bytes = buffer;
        int at = next;
        int limit = end;
        for (; at < limit; at++) {
            byte value = bytes[at];
            if (value == lastOfDelimiter || value == '\n' || value == '\r' || value == quote) {
                break;
            }
        }
        next = at;
        return at < limit;
    }

    private boolean endsWithDelimiter(int fieldStart) {
        int first = next - delimiter.length;
        return delimiter.length == 1
                || (first >= start + fieldStart && Arrays.equals(delimiter, 0, delimiter.length, buffer, first, next));
    }

    /** Whether there are only spaces between the start of the field and the byte just read. */
    private boolean isBlank(int fieldStart) {
        for (int at = start + fieldStart; at < next - 1; at++) {
            if (buffer[at] != ' ') {
                return false;
            }
        }
        return true;
    }

    /** Reads the rest of a value after its opening quote, unescaping in place; true if the record ends with it. */
    private boolean readQuoted() throws IOException {
        int valueStart = next - start;
        int write = valueStart;
        boolean open = true;
        while (next < end || fill()) {
            byte value = buffer[next++];
            if (open) {
                if (value != quote) {
                    lines += value == '\n' || (value == '\r' && carriageReturnsEndLines) ? 1 : 0;
                    buffer[start + write++] = value;
                } else if ((next < end || fill()) && buffer[next] == quote) {
                    next++;
                    buffer[start + write++] = value;
                } else {
                    open = false;
                }
            } else if (value == '\n' || (value == '\r' && carriageReturnEndsLine())) {
                lines++;
                endField(valueStart, write);
                return true;
            } else if (value == delimiter[0] && restOfDelimiter()) {
                endField(valueStart, write);
                return false;
            } else if (value != ' ' && fault == null) {
                fault = "has text after a closing quote; double the quotes inside the value, or read the file"
                        + " without quotes";
            }
        }
        if (open) {
            fault = "has a quoted value without a closing quote; close it, or read the file without quotes";
        }
        lines++;
        endField(valueStart, write);
        return true;
    }

    private boolean restOfDelimiter() throws IOException {
        for (int at = 1; at < delimiter.length; at++) {
            while (end - next < at) {
                if (!fill()) {
                    return false;
                }
            }
            if (buffer[next + at - 1] != delimiter[at]) {
                return false;
            }
        }
        next += delimiter.length - 1;
        return true;
    }

    /** Whether the carriage return just read ends the line; if so, a line feed after it is skipped. */
    private boolean carriageReturnEndsLine() throws IOException {
        int ahead = 0;
        while ((next + ahead < end || fill()) && buffer[next + ahead] == '\r') {
            if (carriageReturnsEndLines) {
                return true;
            }
            ahead++;
        }
        if (next + ahead == end || buffer[next + ahead] == '\n') {
            next += Math.min(ahead + 1, end - next);
            return true;
        }
        // The first line decides: files of old Macs end all lines with a carriage return.
        if (carriageReturnsEndLines || (lines == 0 && ahead == 0)) {
            carriageReturnsEndLines = true;
            return true;
        }
        fault = "has a carriage return in the middle of the line; use the same line end everywhere (tr -d '\\r' or"
                + " tr '\\r' '\\n'), or quote the value";
        return false;
    }

    private void endField(int begin, int finish) {
        if (fields == from.length) {
            from = Arrays.copyOf(from, 2 * fields);
            to = Arrays.copyOf(to, 2 * fields);
        }
        from[fields] = begin;
        to[fields++] = finish;
    }

    /** Reads more bytes after those of the record; false at the end of the file. */
    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            next -= start;
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= MAX_RECORD_BYTES) {
                throw new UnreadableException("has a line of more than " + (MAX_RECORD_BYTES >> 20)
                        + " MiB; check line ends, and whether a quote is not closed");
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
