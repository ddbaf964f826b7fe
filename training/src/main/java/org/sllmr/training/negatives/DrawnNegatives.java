// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.negatives;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.Seen;
import org.sllmr.data.TrainingData;
import org.sllmr.data.UntouchedItems;

/**
 * New negatives in every epoch: uniform over the items that the user did not interact with in training.
 *
 * <p>Where rows have labels nothing is drawn: they are samples as they are.
 *
 * <p>Stored negatives are the same few items for a user in every epoch, which a model with an embedding for each user
 * memorizes; new ones it cannot. The negatives of one positive are drawn independently, so an item can occur twice
 * among them. Validation and test items can be drawn: training does not know them. So an item that nobody has taken yet is
 * drawn as a negative and never as a positive, which teaches that it is not wanted. {@code seenOnly} leaves such items
 * alone, as they would be if they came to the catalogue after training.
 *
 * @param perPositive negatives of each positive, 1 to 1,024, independent of the dataset's number; predicted
 *     probabilities are those of this ratio
 * @param seenOnly whether only items that training interactions have are drawn
 * @param firstInteractions whether a user's first training interaction is a positive too; the dataset has no sample of it,
 *     because it has no history, but a model of users and items alone, such as LightGCN, needs none
 */
public record DrawnNegatives(int perPositive, boolean seenOnly, boolean firstInteractions) implements NegativeSettings {
    /** Checks the range. */
    public DrawnNegatives {
        new Checks().between("perPositive", perPositive, 1, 1_024).done();
    }

    /** Items of the whole catalogue. */
    public DrawnNegatives(int perPositive) {
        this(perPositive, false);
    }

    /** Without first interactions. */
    public DrawnNegatives(int perPositive, boolean seenOnly) {
        this(perPositive, seenOnly, false);
    }

    /** One, of the whole catalogue, as in the paper's data. */
    public static DrawnNegatives defaults() {
        return new DrawnNegatives(1);
    }

    @Override
    public Samples samples(TrainingData data, Seed epoch) {
        if (data.training().labelled()) {
            return data.training();
        }
        Instances taken = positives(data);
        int group = 1 + perPositive;
        int positives = taken.size();
        int[] users = new int
                [ArraySize.of(
                        ArraySize.product(positives, group),
                        "training.negatives.perPositive",
                        "training samples (" + positives + " positives with " + perPositive + " negatives each)",
                        "draw fewer")];
        int[] items = new int[users.length];
        int[] positions = new int[users.length];
        RandomGenerator random = epoch.generator();
        int user = -1;
        UntouchedItems untouched = null;
        int[] seen = seenOnly ? seen(data) : new int[0];
        for (int positive = 0; positive < positives; positive++) {
            int to = positive * group;
            Arrays.fill(users, to, to + group, taken.users()[positive]);
            Arrays.fill(positions, to, to + group, taken.positions()[positive]);
            items[to] = taken.items()[positive];
            // Positives are ordered by user.
            if (untouched == null || taken.users()[positive] != user) {
                user = taken.users()[positive];
                untouched = seenOnly
                        ? UntouchedItems.of(data.log(), user, seen)
                        : UntouchedItems.of(data.log(), user, data.catalogue().size());
                if (untouched.count() == 0) {
                    throw tookAll(data, user);
                }
            }
            for (int negative = to + 1; negative < to + group; negative++) {
                items[negative] = untouched.item(random.nextInt(untouched.count()));
            }
        }
        return new Samples(new Instances(users, items, positions), perPositive);
    }

    /** The positives, ordered by user. */
    private Instances positives(TrainingData data) {
        Instances stored = data.training().instances();
        int group = data.training().groupSize();
        int[] rows = IntStream.range(0, data.training().positives())
                .map(positive -> positive * group)
                .toArray();
        if (!firstInteractions) {
            return stored.select(rows);
        }
        InteractionLog log = data.log();
        int[] users = new int[rows.length + log.users()];
        int[] items = new int[users.length];
        int[] positions = new int[users.length];
        int next = 0;
        int count = 0;
        for (int user = 0; user < log.users(); user++) {
            boolean has =
                    next < rows.length && stored.users()[rows[next]] == user && stored.positions()[rows[next]] == 0;
            if (log.length(user) > 0 && !has) {
                users[count] = user;
                items[count++] = log.item(user, 0);
            }
            for (; next < rows.length && stored.users()[rows[next]] == user; next++) {
                users[count] = user;
                items[count] = stored.items()[rows[next]];
                positions[count++] = stored.positions()[rows[next]];
            }
        }
        return new Instances(Arrays.copyOf(users, count), Arrays.copyOf(items, count), Arrays.copyOf(positions, count));
    }

    private static int[] seen(TrainingData data) {
        boolean[] seen = Seen.of(data).items();
        return IntStream.range(0, seen.length).filter(item -> seen[item]).toArray();
    }

    private static InvalidInputException tookAll(TrainingData data, int user) {
        return new InvalidInputException(
                "training.negatives",
                "user '" + data.userIds().value(user)
                        + "' took every item that can be drawn, so there is no negative; leave the user out, or draw of"
                        + " the whole catalogue (training.negatives.seenOnly=false)");
    }
}
