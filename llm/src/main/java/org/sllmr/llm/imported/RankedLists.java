// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import java.util.Arrays;

/** How long each user's list is and how far it was ranked, so that ranks become scores. */
final class RankedLists {
    /** The rank of an item that was left out. */
    static final int NONE = 0;

    private final int[] lengths;
    private final int[] ranked;
    private final ImportForm form;

    /** Lists of that many users, without rows. */
    RankedLists(int users, ImportForm form) {
        this.lengths = new int[users];
        this.ranked = new int[users];
        this.form = form;
    }

    /** Counts a row of a user, or {@link #NONE} for an item that was left out. */
    void add(int user, int rank) {
        lengths[user]++;
        ranked[user] = Math.max(ranked[user], rank);
    }

    /** Whether a rank is longer than the list. */
    boolean exceeds(int user, int rank) {
        return rank > lengths[user];
    }

    /** The score of a rank, or NaN if it has none. */
    float score(int user, int rank) {
        int length = lengths[user];
        boolean blank = rank == NONE;
        if (ranked[user] == 0 || length < 2 || (blank && form == ImportForm.RANKS_ONLY)) {
            return Float.NaN;
        }
        double place = blank ? (ranked[user] + 1 + length) / 2.0 : rank;
        return (float) (1 - (place - 1) / (length - 1));
    }

    /** How many users have rows, but nothing that was ranked. */
    int unranked() {
        return (int) Arrays.stream(lengths).filter(length -> length > 0).count()
                - (int) Arrays.stream(ranked).filter(last -> last > 0).count();
    }
}
