// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.demo;

import org.sllmr.configuration.Checks;

/**
 * The size of the generated shop and the reasons for purchases.
 *
 * @param users number of users, 10 to 1,000,000
 * @param items number of items, 200 to 100,000
 * @param shortestHistory fewest interactions of a user, at least 3, which is what leave-one-out needs
 * @param longestHistory most interactions of a user, at most an eighth of the items
 * @param historyExponent exponent of the power law of history lengths, 0.5 to 5; larger means shorter histories
 * @param popularityExponent exponent of the power law of item quality by rank, 0 (all equal) to 1.5
 * @param tasteShare share of interactions that follow the user's interests, which item texts express, 0 to 1
 * @param circleShare share that follows the user's circle, which no text expresses; the rest follows quality alone
 * @param seed root of all random draws; the same settings give the same shop
 */
public record DemoSettings(
        int users,
        int items,
        int shortestHistory,
        int longestHistory,
        double historyExponent,
        double popularityExponent,
        double tasteShare,
        double circleShare,
        long seed) {

    /** 15 interactions per item, similar to a 5-core such as the paper's Amazon datasets. */
    public static final DemoSettings DEFAULT = new DemoSettings(3000, 2000, 4, 80, 1.5, 0.55, 0.62, 0.36, 1);

    /**
     * The quickstart's shop: 7 interactions per item, as in a shop whose rarely bought items were not removed. Texts
     * and interactions are then about equally informative.
     */
    public static final DemoSettings QUICKSTART = DEFAULT.withSize(3000, 4000);

    /** Checks the ranges. */
    public DemoSettings {
        new Checks()
                .between("users", users, 10, 1_000_000)
                .between("items", items, 200, 100_000)
                .between("shortestHistory", shortestHistory, 3, longestHistory)
                .between("longestHistory", longestHistory, 3, Math.floorDiv(items, 8))
                .between("historyExponent", historyExponent, 0.5, 5)
                .between("popularityExponent", popularityExponent, 0, 1.5)
                .between("tasteShare", tasteShare, 0, 1)
                .between("circleShare", circleShare, 0, 1)
                .require(
                        tasteShare + circleShare <= 1,
                        "tasteShare",
                        "is " + tasteShare + " and circleShare " + circleShare + "; their sum must be at most 1")
                .done();
    }

    /** The same kind of shop with another seed. */
    public DemoSettings withSeed(long newSeed) {
        return new DemoSettings(
                users,
                items,
                shortestHistory,
                longestHistory,
                historyExponent,
                popularityExponent,
                tasteShare,
                circleShare,
                newSeed);
    }

    /** The same kind of shop with another size; the longest history is shortened if there are too few items for it. */
    public DemoSettings withSize(int newUsers, int newItems) {
        return new DemoSettings(
                newUsers,
                newItems,
                shortestHistory,
                Math.max(shortestHistory, Math.min(longestHistory, newItems / 8)),
                historyExponent,
                popularityExponent,
                tasteShare,
                circleShare,
                seed);
    }
}
