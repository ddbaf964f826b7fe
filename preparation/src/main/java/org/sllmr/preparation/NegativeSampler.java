// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.UntouchedItems;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.store.Contents;
import org.sllmr.data.store.Negatives;

/**
 * Draws the negatives: uniform over the items that the user never interacted with, validation and test included.
 *
 * <p>Each user has a generator of its own, so that one user's negatives do not depend on the others. The negatives of
 * one positive are drawn independently, so an item can stand among them twice.
 */
final class NegativeSampler {
    private final InteractionLog log;
    private final Vocabulary userIds;
    private final IntFunction<String> places;
    private final int items;
    private final int perPositive;
    private final Seed seed;

    /**
     * Draws for one dataset.
     *
     * @param log all interactions
     * @param userIds the users, for messages
     * @param places place of an index of the log in its source, for messages
     * @param items number of items
     * @param perPositive negatives of each positive
     * @param seed root of the random numbers
     */
    NegativeSampler(
            InteractionLog log, Vocabulary userIds, IntFunction<String> places, int items, int perPositive, Seed seed) {
        this.places = places;
        this.log = log;
        this.userIds = userIds;
        this.items = items;
        this.perPositive = perPositive;
        this.seed = seed.child("negatives");
    }

    /** What training reads are the positives and their negatives; all of them have to fit into an array. */
    private void checkSamples(int positives, String what) {
        ArraySize.of(
                ArraySize.product(positives, 1L + perPositive),
                "negatives",
                what + " (" + positives + " positives with " + perPositive + " negatives each)",
                "draw fewer negatives, or take fewer interactions");
    }

    Negatives draw() {
        int users = log.users();
        int trainingPositives = log.size() - Contents.SHORTEST * users;
        checkSamples(trainingPositives, "training samples");
        checkSamples(users, "validation samples");
        int[] training = new int[trainingPositives * perPositive];
        int[] validation = new int[users * perPositive];
        int[] test = new int[users * perPositive];
        int next = 0;
        for (int user = 0; user < users; user++) {
            UntouchedItems untouched = untouched(user);
            RandomGenerator random = seed.child(user).generator();
            int end = next + (log.length(user) - Contents.SHORTEST) * perPositive;
            for (; next < end; next++) {
                training[next] = draw(random, untouched);
            }
            for (int negative = user * perPositive; negative < (user + 1) * perPositive; negative++) {
                validation[negative] = draw(random, untouched);
            }
            for (int negative = user * perPositive; negative < (user + 1) * perPositive; negative++) {
                test[negative] = draw(random, untouched);
            }
        }
        return new Negatives(perPositive, training, validation, test);
    }

    private UntouchedItems untouched(int user) {
        UntouchedItems untouched = UntouchedItems.of(log, user, items);
        if (untouched.count() == 0) {
            throw new InvalidInputException(
                    places.apply(log.index(user, 0)),
                    "user '" + userIds.value(user) + "' interacted with all " + items
                            + " items, so no negative can be drawn; leave the user out, or add items to the catalogue"
                            + " (split.keepUnseenItems)");
        }
        return untouched;
    }

    private static int draw(RandomGenerator random, UntouchedItems untouched) {
        // Multiplication instead of nextInt(bound): its bits are not promised to stay the same between Java versions.
        return untouched.item((int) Math.multiplyHigh(random.nextLong() >>> 1, (long) untouched.count() << 1));
    }
}
