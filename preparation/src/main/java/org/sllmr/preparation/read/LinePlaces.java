// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line of each row, in files with one row per line, blank lines aside. */
final class LinePlaces {
    private static final Logger LOGGER = LoggerFactory.getLogger(LinePlaces.class);

    private final Path path;
    private long currentRow = -1;
    private long currentLine;

    LinePlaces(Path path) {
        this.path = path;
    }

    /** Sets the row that is being read. */
    void at(long row, long line) {
        currentRow = row;
        currentLine = line;
    }

    /** The place of a row; except for the current row, the file is read again. */
    String of(long row) {
        if (row == currentRow) {
            return TextFile.place(path, currentLine);
        }
        try (Lines lines = new Lines(path)) {
            for (long record = 0; lines.next(); record++) {
                if (record == row) {
                    return TextFile.place(path, lines.number());
                }
            }
        } catch (IOException e) {
            LOGGER.debug("looking for a line of {}", path, e);
        }
        return path + ", row " + (row + 1);
    }
}
