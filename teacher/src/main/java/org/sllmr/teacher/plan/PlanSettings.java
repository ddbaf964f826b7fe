// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import org.sllmr.configuration.Checks;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Popularity;

/**
 * How many candidates come from which source; a count of 0 turns a source off.
 *
 * @param nearest items most similar to the user's history
 * @param popular items of the popularity pool
 * @param coldStart diverse items for users with short histories
 * @param longTail the least popular items, for sampled users
 * @param random items drawn uniformly for each user, 0 to 10,000; a contrast to the nearest
 * @param heldOut held-out users, whose answer is known
 */
public record PlanSettings(
        Nearest nearest, Popular popular, ColdStart coldStart, LongTail longTail, int random, HeldOut heldOut) {
    /** Checks the range. */
    public PlanSettings {
        new Checks().between("random", random, 0, 10_000).done();
    }

    /** About 40 items per user, half retrieved, half from the other sources. */
    public static PlanSettings defaults() {
        return new PlanSettings(
                new Nearest(15, 40, 0.15, Popularity.LONG_TAIL_SHARE),
                new Popular(5, 500),
                new ColdStart(10, ColdUsers.MAX_INTERACTIONS, 32),
                new LongTail(0.1, 50),
                15,
                new HeldOut(0.1, 20));
    }

    /** The same with another share of held-out users, 0 to 0.5. */
    public PlanSettings holdingOut(double share) {
        return new PlanSettings(nearest, popular, coldStart, longTail, random, new HeldOut(share, heldOut.compared()));
    }

    /**
     * Items most similar in meaning to the history. Random items alone would tell little, because nearly all of them
     * are equally irrelevant.
     *
     * @param count items drawn for each user, 0 to {@code pool}
     * @param pool number of nearest items from which they are drawn, 0 to 10,000
     * @param tailBonus added to a long-tail item's cosine when the pool is chosen, 0 to 2; favours items with few
     *     interactions
     * @param tailShare share of items with the fewest training positives that get the bonus, 0 to 1
     */
    public record Nearest(int count, int pool, double tailBonus, double tailShare) {
        /** Checks the ranges. */
        public Nearest {
            new Checks()
                    .between("pool", pool, 0, 10_000)
                    .between("count", count, 0, Math.max(0, pool))
                    .between("tailBonus", tailBonus, 0, 2)
                    .between("tailShare", tailShare, 0, 1)
                    .done();
        }
    }

    /**
     * A sample of the most popular items.
     *
     * @param count items drawn for each user, 0 to {@code pool}
     * @param pool the K of the paper's top-K pool, by number of training positives, 0 or more
     */
    public record Popular(int count, int pool) {
        /** Checks the ranges. */
        public Popular {
            new Checks()
                    .between("pool", pool, 0, Integer.MAX_VALUE)
                    .between("count", count, 0, Math.min(10_000, Math.max(0, pool)))
                    .done();
        }
    }

    /**
     * Diverse items for users with short histories: as far as possible each from another cluster.
     *
     * @param count items drawn for each such user, 0 to 10,000
     * @param longestHistory most training interactions of such a user, 0 or more; 3 in the paper
     * @param clusters number of clusters of items by meaning, 1 to 256
     */
    public record ColdStart(int count, int longestHistory, int clusters) {
        /** Checks the ranges. */
        public ColdStart {
            new Checks()
                    .between("count", count, 0, 10_000)
                    .between("longestHistory", longestHistory, 0, Integer.MAX_VALUE)
                    .between("clusters", clusters, 1, 256)
                    .done();
        }
    }

    /**
     * The least popular items, each for sampled users.
     *
     * @param share share of items with the fewest training positives, 0 to 1; 0.1 in the paper
     * @param users users drawn for each such item, 0 to 1,000,000
     */
    public record LongTail(double share, int users) {
        /** Checks the ranges. */
        public LongTail {
            new Checks()
                    .between("share", share, 0, 1)
                    .between("users", users, 0, 1_000_000)
                    .done();
        }
    }

    /**
     * Held-out users: the teacher does not see their last training interaction, and is asked about it and random items.
     * A gate learns the teacher's reliability from them. They have no other candidates; training does not use that
     * interaction and does not guide these users.
     *
     * @param share share of users with at least two training interactions, 0 to 0.5
     * @param compared random items for each of them, 1 to 10,000
     */
    public record HeldOut(double share, int compared) {
        /** Checks the ranges. */
        public HeldOut {
            new Checks()
                    .between("share", share, 0, 0.5)
                    .between("compared", compared, 1, 10_000)
                    .done();
        }
    }
}
