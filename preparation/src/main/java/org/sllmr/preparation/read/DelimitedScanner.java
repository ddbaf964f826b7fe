// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks through the records of delimited text by the rules of DuckDB's reader, keeping count of lines.
 *
 * <p>A quote opens a value only at its beginning, and is doubled inside (RFC 4180). Empty lines are no records, unless
 * there is but one column.
 */
final class DelimitedScanner implements Closeable {
    private enum State {
        START,
        PLAIN,
        QUOTED,
        CLOSED
    }

    private final InputStream stream;
    private final byte[] delimiter;
    private final int quote;
    private final List<String> fields = new ArrayList<>();
    private final Field field = new Field();
    private State state = State.START;
    private int columns;
    private long lines;
    private long line;
    private boolean decodable;

    /** Reads a stream; {@code quote} is one character or empty. */
    DelimitedScanner(InputStream stream, String delimiter, String quote) {
        this.stream = stream;
        this.delimiter = delimiter.getBytes(StandardCharsets.UTF_8);
        this.quote = quote.isEmpty() ? -1 : quote.charAt(0);
    }

    /** Moves to the next record; false at the end. */
    boolean next() throws IOException {
        do {
            int first = stream.read();
            if (first < 0) {
                return false;
            }
            line = lines + 1;
            readRecord(first);
        } while (columns != 1 && fields.size() == 1 && fields.get(0).isEmpty());
        columns = columns == 0 ? fields.size() : columns;
        return true;
    }

    /** Number of the line on which this record begins, from 1. */
    long line() {
        return line;
    }

    /** Number of whole lines read so far. */
    long lines() {
        return lines;
    }

    /** What is wrong with this record by itself, "" if nothing. */
    String fault() {
        if (state == State.QUOTED) {
            return "has a quoted value that never ends; close the quote, or read the file without quotes";
        }
        return decodable ? "" : "is not UTF-8; convert the file to it";
    }

    /** The values of this record. */
    List<String> fields() {
        return List.copyOf(fields);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void readRecord(int first) throws IOException {
        fields.clear();
        field.reset();
        state = State.START;
        decodable = true;
        for (int value = first; value >= 0; value = stream.read()) {
            if (value == '\n') {
                lines++;
                if (state != State.QUOTED) {
                    field.dropCarriageReturn();
                    endField();
                    return;
                }
            }
            accept(value);
        }
        endField();
        lines++;
    }

    private void accept(int value) throws IOException {
        if (state == State.QUOTED) {
            if (value == quote) {
                state = State.CLOSED;
            } else {
                field.write(value);
            }
        } else if (value == quote && state == State.START) {
            field.reset();
            state = State.QUOTED;
        } else if (value == quote && state == State.CLOSED) {
            field.write(value);
            state = State.QUOTED;
        } else {
            field.write(value);
            if (field.dropEnd(delimiter)) {
                endField();
                state = State.START;
            } else if (state != State.START || value != ' ') {
                state = State.PLAIN;
            }
        }
    }

    private void endField() {
        String text;
        try {
            text = field.decode();
        } catch (CharacterCodingException e) {
            decodable = false;
            text = "";
        }
        boolean marked = line == 1 && fields.isEmpty() && text.startsWith("\ufeff");
        fields.add(marked ? text.substring(1) : text);
        field.reset();
    }

    private static final class Field extends ByteArrayOutputStream {
        boolean dropEnd(byte[] end) {
            if (count < end.length) {
                return false;
            }
            for (int at = 0; at < end.length; at++) {
                if (buf[count - end.length + at] != end[at]) {
                    return false;
                }
            }
            count -= end.length;
            return true;
        }

        void dropCarriageReturn() {
            if (count > 0 && buf[count - 1] == '\r') {
                count--;
            }
        }

        String decode() throws CharacterCodingException {
            return TextFile.decode(buf, count);
        }
    }
}
