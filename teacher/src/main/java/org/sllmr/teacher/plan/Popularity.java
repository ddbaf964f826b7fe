// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.util.Arrays;
import org.sllmr.data.InteractionLog;

/**
 * Items by number of training positives: training interactions but each user's first, which is history only.
 *
 * @param order all items, fewest positives first, equal ones by item index
 */
record Popularity(int[] order) {
    static Popularity of(InteractionLog log, int items) {
        int[] positives = new int[items];
        for (int user = 0; user < log.users(); user++) {
            for (int position = 1; position < log.length(user); position++) {
                positives[log.item(user, position)]++;
            }
        }
        long[] keys = new long[items];
        for (int item = 0; item < items; item++) {
            keys[item] = (long) positives[item] << Integer.SIZE | item;
        }
        Arrays.sort(keys);
        int[] order = new int[items];
        for (int rank = 0; rank < items; rank++) {
            order[rank] = (int) keys[rank];
        }
        return new Popularity(order);
    }

    /** The rarest items: that share of all, rounded down. */
    int[] tail(double share) {
        return Arrays.copyOf(order, (int) (order.length * share));
    }

    /** The most popular items, at most {@code count}. */
    int[] head(int count) {
        return Arrays.copyOfRange(order, Math.max(0, order.length - count), order.length);
    }
}
