// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.util.Arrays;
import java.util.TreeMap;
import org.sllmr.llm.request.CandidateOrder;
import org.sllmr.teacher.plan.CandidatePlan;

/** The orders that sorted windows make, one for each user and pass. */
final class MergedWindows {
    private final CandidatePlan plan;
    private final TreeMap<Long, Merged> lists = new TreeMap<>();

    /** A list so far: its order, the windows that were merged, and the first place of the last of them. */
    private record Merged(int[] order, int windows, int from) {}

    /** Without windows yet. */
    MergedWindows(CandidatePlan plan) {
        this.plan = plan;
    }

    /** Merges the next window of a list; what does not fit to the windows before is passed over. */
    void add(int user, int pass, int window, int[] items, float[] scores) {
        long list = (long) user << Integer.SIZE | pass;
        Merged before = lists.getOrDefault(list, new Merged(new int[0], 0, 0));
        int[] order = before.windows() == 0 ? CandidateOrder.shuffled(plan, user, pass) : before.order();
        int from = find(order, items);
        if (window == before.windows() && from >= 0) {
            lists.put(list, new Merged(CandidateOrder.sorted(order, from, scores), window + 1, from));
        }
    }

    /** Where a window's items stand, or -1. */
    private static int find(int[] order, int[] items) {
        for (int from = 0; from + items.length <= order.length; from++) {
            if (Arrays.equals(order, from, from + items.length, items, 0, items.length)) {
                return from;
            }
        }
        return -1;
    }

    /** Visits the score of every candidate of a finished list, by user and pass. */
    void forEachScore(ScoreSource.ScoreVisitor visitor) {
        lists.forEach((list, merged) -> {
            if (merged.from() == 0) {
                for (int rank = 0; rank < merged.order().length; rank++) {
                    visitor.visit(
                            (int) (list >>> Integer.SIZE),
                            merged.order()[rank],
                            list.intValue(),
                            CandidateOrder.score(rank, merged.order().length));
                }
            }
        });
    }
}
