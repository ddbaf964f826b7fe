// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a text file that are not blank, with their numbers. */
final class Lines implements Closeable {
    private final InputStream stream;
    private final Line line = new Line();
    private long number;

    Lines(Path path) throws IOException {
        this.stream = TextFile.open(path);
    }

    /** Moves to the next line that is not blank; false at the end. */
    boolean next() throws IOException {
        do {
            line.reset();
            int value = stream.read();
            if (value < 0) {
                return false;
            }
            for (; value >= 0 && value != '\n'; value = stream.read()) {
                line.write(value);
            }
            number++;
        } while (line.isBlank());
        return true;
    }

    /** Number of this line, from 1; after a failure, the number of lines that were whole. */
    long number() {
        return number;
    }

    /** This line, or null if it is not UTF-8. */
    @Nullable
    String text() {
        try {
            return line.decode();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private static final class Line extends ByteArrayOutputStream {
        boolean isBlank() {
            for (int at = 0; at < count; at++) {
                if (buf[at] != ' ' && buf[at] != '\t' && buf[at] != '\r') {
                    return false;
                }
            }
            return true;
        }

        String decode() throws CharacterCodingException {
            return TextFile.decode(buf, count);
        }
    }
}
