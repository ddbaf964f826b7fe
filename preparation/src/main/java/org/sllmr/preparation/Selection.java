// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;

/** Selects rows of a column and renumbers the remaining values in order of first appearance. */
final class Selection {
    /** Selects a row without values instead of a row of the column. */
    static final int NONE = -1;

    private Selection() {}

    static Column of(Column column, int[] rows) {
        int[] offsets = new int[rows.length + 1];
        for (int at = 0; at < rows.length; at++) {
            int row = rows[at];
            int width = row == NONE ? 0 : column.offsets()[row + 1] - column.offsets()[row];
            offsets[at + 1] = offsets[at] + width;
        }
        int[] values = new int[offsets[rows.length]];
        int[] renumbered = new int[column.vocabulary().size()];
        Arrays.fill(renumbered, -1);
        List<String> kept = new ArrayList<>();
        for (int at = 0; at < rows.length; at++) {
            for (int next = offsets[at]; next < offsets[at + 1]; next++) {
                int value = column.values()[column.offsets()[rows[at]] + next - offsets[at]];
                if (renumbered[value] < 0) {
                    renumbered[value] = kept.size();
                    kept.add(column.vocabulary().value(value));
                }
                values[next] = renumbered[value];
            }
        }
        return new Column(column.name(), new Vocabulary(kept), offsets, values);
    }

    static NumberColumn of(NumberColumn column, int[] rows) {
        float[] values = new float[rows.length];
        for (int at = 0; at < rows.length; at++) {
            values[at] = column.value(rows[at]);
        }
        return new NumberColumn(column.name(), values);
    }

    /** A row without a vector gets zeros. */
    static VectorColumn of(VectorColumn column, int[] rows) {
        int width = column.width();
        float[] values = new float[Math.multiplyExact(rows.length, width)];
        for (int at = 0; at < rows.length; at++) {
            if (rows[at] != NONE) {
                System.arraycopy(column.values(), rows[at] * width, values, at * width, width);
            }
        }
        return new VectorColumn(column.name(), width, values, column.origin());
    }
}
