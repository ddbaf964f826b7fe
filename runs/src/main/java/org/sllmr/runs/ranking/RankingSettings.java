// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.util.List;
import java.util.OptionalInt;
import org.sllmr.configuration.Checks;

/**
 * Settings of a full ranking.
 *
 * @param split which positives
 * @param users number of users, drawn without replacement; empty for all
 * @param cutoffs the k of HR@k, NDCG@k, MRR@k and recall@k, 1 to 10,000 each, ascending; also the lengths of the lists
 *     for coverage and the like
 * @param seed of the sample and of the intervals
 * @param slices whether parts of the users are also evaluated separately
 */
public record RankingSettings(Split split, OptionalInt users, List<Integer> cutoffs, long seed, boolean slices) {
    /** Copies the list and checks the ranges. */
    public RankingSettings {
        cutoffs = List.copyOf(cutoffs);
        Checks checks = new Checks().between("k.size", cutoffs.size(), 1, 16);
        for (int i = 0; i < cutoffs.size(); i++) {
            checks.between("k", cutoffs.get(i), 1, 10_000);
            checks.require(
                    i == 0 || cutoffs.get(i) > cutoffs.get(i - 1),
                    "k",
                    "is " + cutoffs + ", the numbers must be" + " ascending");
        }
        if (users.isPresent()) {
            checks.atLeast("users", users.getAsInt(), 1);
        }
        checks.done();
    }

    /** All users of the test split at 5, 10 and 20, without slices. */
    public static RankingSettings defaults() {
        return new RankingSettings(Split.TEST, OptionalInt.empty(), List.of(5, 10, 20), 1, false);
    }
}
