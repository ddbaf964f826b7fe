// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.Formerly;

/**
 * How many pairs join a step, and among which candidates they are looked for (paper, Section 3.2).
 *
 * <p>The paper's effective number K~ "is adjusted based on batch structure" and its rule is not given. Here it is {@code
 * min(maxPairs, pairsPerUser * users, pairs)}, where users and pairs count what the batch holds: users with at least one
 * pair, and pairs among their candidates. So a batch in which few users have teacher scores, or the short last batch of
 * an epoch, is not regularized as heavily as a full one; and one pair is found wherever there is one.
 *
 * @param maxPairs K, most pairs of a step; 1 to 65,536; not given in the paper
 * @param pairsPerUser pairs a step for each user with any, on average; 1 to 65,536
 * @param candidatesPerUser candidates drawn a step from a user's scored items, within which its pairs are looked for; 2
 *     to 1,024. It bounds the cost, and it lets items of middling score meet: the largest differences of all of a user's
 *     scores would be the same few pairs in every step
 * @param popularityRatio how many times as popular one item of a pair may be as the other, counted as 1 + training
 *     positives; 1 or more, or 0 for any. The teacher knows nothing of popularity and the interactions know it well: a
 *     pair across popularities teaches the model to unlearn it
 * @param minDifference least difference of the scores of a pair, 0 to 1; smaller ones are taken for noise. Equal
 *     scores never pair
 * @param minRelativeDifference least difference of the scores of a pair, as a multiple of the standard deviation of its
 *     user's scores; 0 to 100. So every user keeps the pairs that the teacher is surest of, however close its scores lie
 * @param order which of the possible pairs are taken
 */
public record PairSettings(
        int maxPairs,
        int pairsPerUser,
        int candidatesPerUser,
        double popularityRatio,
        @Formerly("smallestDifference") double minDifference,
        @Formerly("smallestRelativeDifference") double minRelativeDifference,
        PairOrder order) {
    /** Checks the ranges. */
    public PairSettings {
        new Checks()
                .between("maxPairs", maxPairs, 1, 65_536)
                .between("pairsPerUser", pairsPerUser, 1, 65_536)
                .between("candidatesPerUser", candidatesPerUser, 2, 1_024)
                .require(
                        popularityRatio == 0 || popularityRatio >= 1,
                        "popularityRatio",
                        "is " + popularityRatio + ", allowed is 1 or more, or 0 for any")
                .between("minDifference", minDifference, 0, 1)
                .between("minRelativeDifference", minRelativeDifference, 0, 100)
                .done();
    }

    /** At most 64 pairs, one a user, of 10 candidates: half as many pairs as the paper's batch has samples. */
    public static PairSettings defaults() {
        return of(64, 1, 10);
    }

    /** The paper's pairs: the largest differences, whatever their size and the items' popularity. */
    public static PairSettings of(int maxPairs, int pairsPerUser, int candidatesPerUser) {
        return new PairSettings(maxPairs, pairsPerUser, candidatesPerUser, 0, 0, 0, PairOrder.LARGEST);
    }
}
