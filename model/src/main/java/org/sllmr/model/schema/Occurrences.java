// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.BitSet;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Labels;
import org.sllmr.data.TrainingData;

/** In how many training interactions, or with labels training rows, users, items and contexts occur. */
final class Occurrences {
    private final InteractionLog log;
    private final Instances samples;
    private final int[] ofUser;
    private final int[] ofItem;

    Occurrences(TrainingData data) {
        this.log = data.log();
        this.samples = data.training().instances();
        this.ofUser = new int[log.users()];
        this.ofItem = new int[data.catalogue().size()];
        if (data.training().labels() instanceof Labels.Given) {
            // What was shown without being taken has been seen as well.
            for (int row = 0; row < samples.size(); row++) {
                ofUser[samples.users()[row]]++;
                ofItem[samples.items()[row]]++;
            }
        } else {
            for (int user = 0; user < log.users(); user++) {
                ofUser[user] = log.length(user);
                for (int position = 0; position < ofUser[user]; position++) {
                    ofItem[log.item(user, position)]++;
                }
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

    /** Of each row of the context columns: 1 if training sees it. */
    int[] ofContext(int rows) {
        int[] counts = new int[rows];
        if (samples.contexts().length > 0) {
            for (int row : samples.contexts()) {
                if (row >= 0) {
                    counts[row] = 1;
                }
            }
            return counts;
        }
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
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
