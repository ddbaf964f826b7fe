// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.Arrays;
import java.util.function.Consumer;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.NumberColumn;

/** Collects the numbers of one column row by row; an empty cell is a missing value. */
final class NumberColumnReader {
    private final String name;
    private final int column;
    private float[] values = new float[1024];
    private int rows;

    /** A reader of the requested column with an index. */
    NumberColumnReader(String name, int column) {
        this.name = name;
        this.column = column;
    }

    /**
     * Adds a row.
     *
     * @param report takes what is wrong with it
     */
    void add(Row row, Consumer<String> report) {
        if (rows == values.length) {
            values = Arrays.copyOf(
                    values, ArraySize.grown(rows, rows + 1L, "number '" + name + "'", "rows", "take fewer rows"));
        }
        values[rows++] = value(row, report);
    }

    /** The number of a row, NaN if it is missing. */
    float value(Row row, Consumer<String> report) {
        return value(row.text(column).strip(), report);
    }

    private float value(String text, Consumer<String> report) {
        if (text.isEmpty()) {
            return Float.NaN;
        }
        try {
            return NumberReader.read(text);
        } catch (NumberReader.NotANumberException e) {
            report.accept("'" + text + "' in number column '" + name + "' " + e.getMessage()
                    + "; correct it, leave it empty if it is missing, or read the column as a field");
            return Float.NaN;
        }
    }

    /** The numbers; the reader is empty afterwards. */
    NumberColumn build() {
        float[] all = rows == values.length ? values : Arrays.copyOf(values, rows);
        values = new float[1];
        rows = 0;
        return new NumberColumn(name, all);
    }
}
