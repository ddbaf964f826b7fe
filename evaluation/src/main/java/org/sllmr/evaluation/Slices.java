// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Arrays;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Instances;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.Seen;
import org.sllmr.data.TrainingData;

/**
 * Cold users, long-tail items and what training does not know, which decide the rows of each {@link Slice}.
 *
 * <p>They depend on training interactions alone, so they are the same for validation and test.
 *
 * @param cold whether each user has few training interactions: {@code [users]}
 * @param longTail whether each item is among the least popular ones in training: {@code [items]}
 * @param seen which users and items training knows
 */
public record Slices(boolean[] cold, boolean[] longTail, Seen seen) {
    /** Slices in which training knows every user and item. */
    public Slices(boolean[] cold, boolean[] longTail) {
        this(cold, longTail, Seen.all(cold.length, longTail.length));
    }

    /**
     * The cold users and long-tail items of a dataset.
     *
     * <p>Leave-one-out on 5-core data gives every user at least 3 training interactions, so no user would have the
     * paper's "history under 3"; its published count of cold-start interactions is that of histories of at most 3
     * items.
     */
    public static Slices of(TrainingData data) {
        return new Slices(ColdUsers.of(data), Popularity.of(data).longTail(), Seen.of(data));
    }

    /** The rows of a slice in rising order. */
    public int[] rows(Slice slice, Samples samples) {
        boolean pairs = switch (slice) {
            case LONG_TAIL_PAIRS, HEAD_PAIRS, NEW_ITEM_PAIRS -> true;
            default -> false;
        };
        // Where it is not known which rows belong together, there are no pairs.
        if (pairs && !samples.lists().known()) {
            return new int[0];
        }
        int[] heads = pairs ? samples.lists().heads() : new int[0];
        Instances instances = samples.instances();
        int[] rows = new int[samples.size()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            int head = pairs ? heads[row] : row;
            if (head >= 0 && contains(slice, instances.users()[row], instances.items()[head])) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private boolean contains(Slice slice, int user, int item) {
        return switch (slice) {
            case ALL -> true;
            case COLD -> cold[user];
            case WARM -> !cold[user];
            case LONG_TAIL, LONG_TAIL_PAIRS -> longTail[item];
            case HEAD, HEAD_PAIRS -> !longTail[item];
            case NEW_USERS -> !seen.users()[user];
            case NEW_ITEMS, NEW_ITEM_PAIRS -> !seen.items()[item];
        };
    }
}
