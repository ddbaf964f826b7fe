// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.UntouchedItems;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Contents;
import org.sllmr.data.store.Negatives;

/**
 * Draws negatives uniformly from the items that the user never interacted with, not even in validation or test.
 *
 * <p>Each user has a random generator of its own, so one user's negatives do not depend on other users. The negatives
 * of one positive are drawn independently, so an item can occur twice among them.
 */
final class NegativeSampler {
    private static final int USERS_AT_ONCE = 1024;

    private final InteractionLog log;
    private final Vocabulary userIds;
    private final IntFunction<String> places;
    private final int firstUser;
    private final int items;
    private final int perPositive;
    private final Seed seed;

    /**
     * A sampler for one dataset.
     *
     * @param log all interactions of consecutive users
     * @param userIds their ids, for messages
     * @param firstUser number in the dataset of the first of them
     * @param places place in the source of each index of the log, for messages
     * @param items number of items
     * @param perPositive negatives of each positive
     * @param seed root of the random numbers
     */
    NegativeSampler(
            InteractionLog log,
            Vocabulary userIds,
            int firstUser,
            IntFunction<String> places,
            int items,
            int perPositive,
            Seed seed) {
        this.firstUser = firstUser;
        this.places = places;
        this.log = log;
        this.userIds = userIds;
        this.items = items;
        this.perPositive = perPositive;
        this.seed = seed.child("negatives");
    }

    /**
     * Draws all negatives.
     *
     * @throws InvalidInputException if a user interacted with all items, or there would be more negatives than an array
     *     can hold
     */
    Negatives draw(Blocks blocks) throws InterruptedException {
        int users = log.users();
        int[] training = new int[count((long) log.size() - (long) Contents.MIN_INTERACTIONS * users)];
        int[] validation = new int[count(users)];
        int[] test = new int[count(users)];
        AtomicInteger saturated = new AtomicInteger(Integer.MAX_VALUE);
        blocks.run(users, USERS_AT_ONCE, (from, to) -> {
            for (int user = from; user < to; user++) {
                UntouchedItems untouched = UntouchedItems.of(log, user, items);
                if (untouched.count() == 0) {
                    saturated.accumulateAndGet(user, Math::min);
                    return;
                }
                RandomGenerator random = seed.child(firstUser + user).generator();
                int positives = log.length(user) - Contents.MIN_INTERACTIONS;
                int first = log.index(user, 0) - Contents.MIN_INTERACTIONS * user;
                fill(training, first * perPositive, positives * perPositive, random, untouched);
                fill(validation, user * perPositive, perPositive, random, untouched);
                fill(test, user * perPositive, perPositive, random, untouched);
            }
        });
        if (saturated.get() < users) {
            throw tookAll(saturated.get());
        }
        return new Negatives(perPositive, training, validation, test);
    }

    /** The number of negatives for a number of positives. */
    private int count(long positives) {
        ArraySize.of(
                ArraySize.product(positives, 1L + perPositive),
                "split.negatives",
                "samples (" + positives + " positives with " + perPositive + " negatives each)",
                "draw fewer negatives, or take fewer interactions");
        return (int) (positives * perPositive);
    }

    private InvalidInputException tookAll(int user) {
        return new InvalidInputException(
                places.apply(log.index(user, 0)),
                "user '" + userIds.value(user) + "' interacted with all " + items
                        + " items, so no negative can be drawn; leave the user out, or add items to the catalogue"
                        + " (split.keepUnseenItems)");
    }

    private static void fill(int[] target, int at, int count, RandomGenerator random, UntouchedItems untouched) {
        for (int index = at; index < at + count; index++) {
            target[index] = draw(random, untouched);
        }
    }

    private static int draw(RandomGenerator random, UntouchedItems untouched) {
        // Multiplication instead of nextInt(bound), whose results may change between Java versions.
        return untouched.item((int) Math.multiplyHigh(random.nextLong() >>> 1, (long) untouched.count() << 1));
    }
}
