// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.VectorColumn;

/**
 * Collects the vectors of one column row by row: a list in Parquet, JSON and Python; in other files a list in brackets, or
 * numbers with spaces, commas, semicolons or bars between them.
 */
final class VectorColumnReader {
    private final String name;
    private final int column;
    private float[] values = new float[1024];
    private int width = -1;
    private int rows;

    /** A reader of the requested column with an index. */
    VectorColumnReader(String name, int column) {
        this.name = name;
        this.column = column;
    }

    /**
     * Adds a row.
     *
     * @param report takes what is wrong with it
     */
    void add(Row row, Consumer<String> report) {
        List<String> parts = row.values(column);
        if (parts.size() == 1) {
            parts = split(parts.get(0));
        }
        if (parts.isEmpty()) {
            report.accept(
                    "has no vector in column '" + name + "'; give every row one, of zeros where nothing is known");
            return;
        }
        width = width < 0 ? parts.size() : width;
        if (parts.size() != width) {
            report.accept("the vector in column '" + name + "' has " + parts.size() + " numbers, the first one has "
                    + width + "; all must have as many, and NaN and null are none");
            return;
        }
        int needed = ArraySize.of(
                ArraySize.product(rows + 1L, width), "vectors '" + name + "'", "floats", "take shorter vectors");
        if (needed > values.length) {
            values = Arrays.copyOf(
                    values,
                    ArraySize.grown(values.length, needed, "vectors '" + name + "'", "floats", "take shorter vectors"));
        }
        for (int i = 0; i < width; i++) {
            values[rows * width + i] = value(parts.get(i).strip(), report);
        }
        rows++;
    }

    private static List<String> split(String text) {
        String inner = text.strip();
        if (inner.startsWith("[") && inner.endsWith("]")) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        return inner.isEmpty() ? List.of() : List.of(inner.split("[\\s,;|]+", -1));
    }

    private float value(String text, Consumer<String> report) {
        try {
            return NumberReader.read(text);
        } catch (NumberReader.NotANumberException e) {
            report.accept("'" + text + "' in vector column '" + name + "' " + e.getMessage() + "; correct it");
            return 0;
        }
    }

    VectorColumn build() {
        return new VectorColumn(name, Math.max(1, width), Arrays.copyOf(values, rows * Math.max(1, width)), "");
    }
}
