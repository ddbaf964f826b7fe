// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * A numeric column as rows of an embedding table, each with a weight.
 *
 * <p>A batch reads users and items in no order, so each reading waits for memory. Row and weight are one number for this
 * reason, and columns that are read together can stand {@linkplain #sideBySide side by side}.
 */
public final class EncodedNumbers {
    private static final long MISSING = entry(-1, 1);
    /** Most entries that stand side by side: as many as an array holds. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final String name;
    /** Table row and bits of the weight, {@code [rows, columns]}. */
    private final long[] entries;

    private final int column;
    private final int columns;
    private final int rows;

    private EncodedNumbers(String name, long[] entries, int column, int columns) {
        this.name = name;
        this.entries = entries;
        this.column = column;
        this.columns = columns;
        this.rows = entries.length / columns;
    }

    /**
     * A column.
     *
     * @param rows table row of each row; -1 for a missing value
     * @param weights weight of that row's embedding
     */
    public EncodedNumbers(String name, int[] rows, float[] weights) {
        this(name, new long[rows.length], 0, 1);
        for (int at = 0; at < rows.length; at++) {
            entries[at] = entry(rows[at], weights[at]);
        }
    }

    /** The same columns, which have equally many rows, in memory that they share: what is of a row is one stretch of it. */
    static List<EncodedNumbers> sideBySide(List<EncodedNumbers> all) {
        int rows = all.isEmpty() ? 0 : all.get(0).rows;
        if ((long) rows * all.size() > MOST) {
            return all;
        }
        long[] together = new long[rows * all.size()];
        List<EncodedNumbers> made = new ArrayList<>();
        for (EncodedNumbers one : all) {
            EncodedNumbers placed = new EncodedNumbers(one.name, together, made.size(), all.size());
            for (int at = 0; at < rows; at++) {
                together[at * placed.columns + placed.column] = one.entry(at);
            }
            made.add(placed);
        }
        return made;
    }

    private static long entry(int row, float weight) {
        return ((long) row << Integer.SIZE) | (Float.floatToRawIntBits(weight) & 0xffffffffL);
    }

    private long entry(int at) {
        return at >= 0 && at < rows ? entries[at * columns + column] : MISSING;
    }

    /** Name of the column. */
    public String name() {
        return name;
    }

    /** The table row of a row; -1 for a missing value, and where there is no such row. */
    public int row(int at) {
        return (int) (entry(at) >> Integer.SIZE);
    }

    /** The weight of the embedding of a row; 1 for that of a missing value. */
    public float weight(int at) {
        return Float.intBitsToFloat((int) entry(at));
    }
}
