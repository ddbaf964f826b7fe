// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Arrays;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Instances;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;

/**
 * Cold users and long-tail items, which decide the rows of each {@link Slice}.
 *
 * <p>Both depend on training interactions alone, so they are the same for validation and test.
 *
 * @param cold whether each user has few training interactions: {@code [users]}
 * @param longTail whether each item is among the least popular ones in training: {@code [items]}
 */
public record Slices(boolean[] cold, boolean[] longTail) {
    /**
     * The cold users and long-tail items of a dataset.
     *
     * <p>Leave-one-out on 5-core data gives every user at least 3 training interactions, so no user would have the
     * paper's "history under 3"; its published count of cold-start interactions is that of histories of at most 3
     * items.
     */
    public static Slices of(TrainingData data) {
        return new Slices(ColdUsers.of(data), Popularity.of(data).longTail());
    }

    /** The rows of a slice in rising order. */
    public int[] rows(Slice slice, Samples samples) {
        int[] rows = new int[samples.size()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (contains(slice, samples, row)) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private boolean contains(Slice slice, Samples samples, int row) {
        Instances instances = samples.instances();
        return switch (slice) {
            case ALL -> true;
            case COLD -> cold[instances.users()[row]];
            case WARM -> !cold[instances.users()[row]];
            case LONG_TAIL -> longTail[instances.items()[row]];
            case HEAD -> !longTail[instances.items()[row]];
            case LONG_TAIL_PAIRS -> longTail[instances.items()[positiveOf(row, samples)]];
            case HEAD_PAIRS -> !longTail[instances.items()[positiveOf(row, samples)]];
        };
    }

    private static int positiveOf(int row, Samples samples) {
        return row - row % (1 + samples.negatives());
    }
}
