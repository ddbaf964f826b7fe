// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.VectorColumn;

/**
 * Collects the vectors of one column row by row: a list in Parquet, JSON and Python; in other files a list in brackets, or
 * numbers with spaces, commas, semicolons or bars between them.
 *
 * <p>Every element must be a number: one that is missing must not move those after it.
 */
final class VectorColumnReader {
    /** One comma, semicolon or bar, or only space. */
    private static final Pattern BETWEEN = Pattern.compile("\\s*[,;|]\\s*|\\s+");

    private final String name;
    private final int column;
    private final VectorWidths widths;
    private float[] values = new float[1024];
    private int width = -1;
    private int rows;

    /** A reader of the requested column with an index. */
    VectorColumnReader(String name, int column) {
        this.name = name;
        this.column = column;
        this.widths = new VectorWidths(name);
    }

    /**
     * Adds a row.
     *
     * @param report takes what is wrong with it
     */
    void add(Row row, Consumer<String> report) {
        List<String> parts = row.elements(column);
        if (parts.size() == 1) {
            parts = split(parts.get(0));
        }
        if (parts.isEmpty()) {
            report.accept(
                    "has no vector in column '" + name + "'; give every row one, of zeros where nothing is known");
            return;
        }
        widths.add(row.number(), parts.size());
        width = width < 0 ? parts.size() : width;
        boolean fits = parts.size() == width;
        if (fits) {
            makeRoom();
        }
        for (int i = 0; i < parts.size(); i++) {
            float value = value(parts.get(i).strip(), i, report);
            if (fits) {
                values[rows * width + i] = value;
            }
        }
        rows += fits ? 1 : 0;
    }

    /** Reports the rows whose vectors are longer or shorter than most. */
    void finish(Places places, VectorWidths.Report report) {
        widths.report(places, report);
    }

    private void makeRoom() {
        int needed = ArraySize.of(
                ArraySize.product(rows + 1L, width), "vectors '" + name + "'", "floats", "take shorter vectors");
        if (needed > values.length) {
            values = Arrays.copyOf(
                    values,
                    ArraySize.grown(values.length, needed, "vectors '" + name + "'", "floats", "take shorter vectors"));
        }
    }

    private static List<String> split(String text) {
        String inner = text.strip();
        if (inner.startsWith("[") && inner.endsWith("]")) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        return inner.isEmpty() ? List.of() : List.of(BETWEEN.split(inner, -1));
    }

    private float value(String text, int index, Consumer<String> report) {
        if (text.isEmpty()) {
            report.accept("element " + (index + 1) + " in vector column '" + name
                    + "' is missing (null, NaN or empty); give every element a number");
            return 0;
        }
        try {
            return NumberReader.read(text);
        } catch (NumberReader.NotANumberException e) {
            report.accept("'" + text + "' in vector column '" + name + "' " + e.getMessage() + "; correct element "
                    + (index + 1));
            return 0;
        }
    }

    VectorColumn build() {
        return new VectorColumn(name, Math.max(1, width), Arrays.copyOf(values, rows * Math.max(1, width)), "");
    }
}
