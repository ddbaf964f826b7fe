// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import org.sllmr.configuration.Checks;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Popularity;

/**
 * How many items the teacher is asked about for whom; a count of 0 turns a source off.
 *
 * @param nearest items nearest to the user's history
 * @param popular items of the popularity pool
 * @param coldStart diverse items for users with short histories
 * @param longTail rarely seen items with sampled users
 * @param random items drawn uniformly for each user, 0 to 10,000; what the nearest are held against
 * @param heldOut users of whom the teacher is asked what is known already
 */
public record PlanSettings(
        Nearest nearest, Popular popular, ColdStart coldStart, LongTail longTail, int random, HeldOut heldOut) {
    /** Checks the range. */
    public PlanSettings {
        new Checks().between("random", random, 0, 10_000).done();
    }

    /** Half retrieved, half spread, about 40 items a user. */
    public static PlanSettings defaults() {
        return new PlanSettings(
                new Nearest(15, 40, 0.15, Popularity.LONG_TAIL_SHARE),
                new Popular(5, 500),
                new ColdStart(10, ColdUsers.MAX_INTERACTIONS, 32),
                new LongTail(0.1, 50),
                15,
                new HeldOut(0.1, 20));
    }

    /** The same with another share of users held out, 0 to 0.5. */
    public PlanSettings holdingOut(double share) {
        return new PlanSettings(nearest, popular, coldStart, longTail, random, new HeldOut(share, heldOut.compared()));
    }

    /**
     * Items nearest in meaning to the history: a teacher that is asked about random items only says little, since
     * nearly all of them are irrelevant alike.
     *
     * @param count items drawn for each user, 0 to {@code pool}
     * @param pool how many nearest items they are drawn from, 0 to 10,000
     * @param tailBonus what a long-tail item's cosine gains when the pool is chosen, 0 to 2; tilts what is asked, and so
     *     what is learned, to items that interactions say little about
     * @param tailShare the share of items, by number of training positives from the fewest, that gains it, 0 to 1
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
     * Diverse items for users with short histories: one from each of as many groups of like items as there are items
     * to draw.
     *
     * @param count items drawn for each such user, 0 to 10,000
     * @param longestHistory most training interactions of such a user, 0 or more; the paper's 3
     * @param clusters groups of items by meaning, 1 to 256
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
     * Rarely seen items, each with sampled users.
     *
     * @param share the share of items, by number of training positives from the fewest, 0 to 1; the paper's 0.1
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
     * Users whose last training interaction the teacher does not see and is asked about, beside random items: what a
     * gate learns the teacher's reliability from. They get no other candidates, and training neither trains on that
     * interaction nor guides these users.
     *
     * @param share of the users with at least two training interactions, 0 to 0.5
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
