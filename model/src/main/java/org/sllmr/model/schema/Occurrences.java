// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.BitSet;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;

/** In how many training interactions users, items and contexts occur. */
final class Occurrences {
    private final InteractionLog log;
    private final int[] ofUser;
    private final int[] ofItem;

    Occurrences(TrainingData data) {
        this.log = data.log();
        this.ofUser = new int[log.users()];
        this.ofItem = new int[data.catalogue().size()];
        for (int user = 0; user < log.users(); user++) {
            ofUser[user] = log.length(user);
            for (int position = 0; position < ofUser[user]; position++) {
                ofItem[log.item(user, position)]++;
            }
        }
    }

    /** Of each user. */
    int[] ofUser() {
        return ofUser;
    }

    /** Of each item. */
    int[] ofItem() {
        return ofItem;
    }

    /** Of each interaction of the full log: 1 if training sees it. */
    int[] ofContext(int rows) {
        int[] counts = new int[rows];
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < ofUser[user]; position++) {
                counts[log.index(user, position)] = 1;
            }
        }
        return counts;
    }

    /** Of each value of a column, given those of its rows. */
    static int[] ofValues(Column column, int[] ofRow) {
        int[] counts = new int[column.vocabulary().size()];
        for (int row = 0; row < column.rows(); row++) {
            for (int at = column.offsets()[row]; at < column.offsets()[row + 1]; at++) {
                counts[column.values()[at]] += ofRow[row];
            }
        }
        return counts;
    }

    /** Which values occur fewer times. */
    static BitSet below(int[] counts, int least) {
        BitSet rare = new BitSet();
        for (int value = 0; value < counts.length; value++) {
            rare.set(value, counts[value] < least);
        }
        return rare;
    }

    /** The values of the rows that occur; NaN for the others. */
    static float[] seen(float[] values, int[] ofRow) {
        float[] seen = new float[values.length];
        for (int row = 0; row < seen.length; row++) {
            seen[row] = ofRow[row] > 0 ? values[row] : Float.NaN;
        }
        return seen;
    }
}
