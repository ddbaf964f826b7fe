// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.util.List;
import java.util.OptionalInt;
import org.sllmr.configuration.Checks;

/**
 * How a run is ranked.
 *
 * @param split which positives
 * @param users how many users, drawn without replacement; empty for all
 * @param cutoffs the k of HR@k, NDCG@k, MRR@k and recall@k, 1 to 10,000 each, rising; the lists that coverage and the like
 *     look at have these lengths
 * @param seed root of the sample and of the intervals
 * @param slices whether each part of the users is judged by itself
 */
public record RankingSettings(Split split, OptionalInt users, List<Integer> cutoffs, long seed, boolean slices) {
    /** Copies the list and checks the ranges. */
    public RankingSettings {
        cutoffs = List.copyOf(cutoffs);
        Checks checks = new Checks().between("k.size", cutoffs.size(), 1, 16);
        for (int i = 0; i < cutoffs.size(); i++) {
            checks.between("k", cutoffs.get(i), 1, 10_000);
            checks.require(
                    i == 0 || cutoffs.get(i) > cutoffs.get(i - 1), "k", "is " + cutoffs + ", the numbers must rise");
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
