// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.Formerly;

/**
 * How many pairs a step has, and from which candidates they are chosen (paper, Section 3.2).
 *
 * <p>The paper's effective number K~ "is adjusted based on batch structure", without a rule. Here it is {@code
 * min(maxPairs, pairsPerUser * users, pairs)}, where users are those of the batch with at least one pair, and pairs
 * those among their candidates. So a batch with few scored users, or the short last batch of an epoch, is regularized
 * less than a full one, and no pair is missed where there is one.
 *
 * @param maxPairs K, maximum pairs of a step; 1 to 65,536; not given in the paper
 * @param pairsPerUser pairs a step for each user who has any, on average; 1 to 65,536
 * @param candidatesPerUser candidates drawn a step from a user's scored items, from which its pairs are chosen; 2 to
 *     1,024. It bounds the cost, and lets items of middling score into pairs: the largest differences of all of a
 *     user's scores would be the same few pairs in every step
 * @param popularityRatio how many times as popular one item of a pair may be as the other, by 1 + training positives; 1
 *     or more, or 0 for any. The teacher knows nothing of popularity, so pairs of unequal popularity make the model
 *     unlearn it
 * @param minDifference minimum difference of the scores of a pair, 0 to 1; smaller ones count as noise. Equal scores
 *     never form a pair
 * @param minRelativeDifference minimum difference of the scores of a pair in standard deviations of its user's scores;
 *     0 to 100. So every user keeps the pairs with the clearest order, even if the scores are close together
 * @param order which of the possible pairs are chosen
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

    /** At most 64 pairs, one a user, from 10 candidates: half as many pairs as the paper's batch has samples. */
    public static PairSettings defaults() {
        return of(64, 1, 10);
    }

    /** The paper's pairs: the largest differences, of any size and popularity. */
    public static PairSettings of(int maxPairs, int pairsPerUser, int candidatesPerUser) {
        return new PairSettings(maxPairs, pairsPerUser, candidatesPerUser, 0, 0, 0, PairOrder.LARGEST);
    }
}
