// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;
import java.util.List;
import org.sllmr.configuration.ArraySize;

/** Collects a {@link Column} row by row; its vocabulary is numbered in order of first appearance. */
public final class ColumnBuilder {
    private final String name;
    private final VocabularyBuilder vocabulary = new VocabularyBuilder();
    private int[] offsets = new int[1024];
    private int[] values = new int[1024];
    private int rows;

    /** A column without rows. */
    public ColumnBuilder(String name) {
        this.name = name;
    }

    /** Adds a row; duplicate values are dropped, because the values of a row are a set. */
    public ColumnBuilder add(List<String> row) {
        int start = offsets[rows];
        int end = start;
        if (row.size() > values.length - end) {
            values = Arrays.copyOf(values, grown(values.length, (long) end + row.size(), "values"));
        }
        for (String value : row) {
            int index = vocabulary.add(value);
            if (!contains(start, end, index)) {
                values[end++] = index;
            }
        }
        if (++rows == offsets.length) {
            offsets = Arrays.copyOf(offsets, grown(offsets.length, rows + 1L, "rows"));
        }
        offsets[rows] = end;
        return this;
    }

    /** Number of rows so far. */
    public int rows() {
        return rows;
    }

    /** The rows so far. */
    public Column build() {
        return new Column(
                name, vocabulary.build(), Arrays.copyOf(offsets, rows + 1), Arrays.copyOf(values, offsets[rows]));
    }

    private int grown(int length, long needed, String what) {
        return ArraySize.grown(length, needed, "field '" + name + "'", what, "leave the field out, or take fewer rows");
    }

    private boolean contains(int from, int to, int index) {
        for (int at = from; at < to; at++) {
            if (values[at] == index) {
                return true;
            }
        }
        return false;
    }
}
