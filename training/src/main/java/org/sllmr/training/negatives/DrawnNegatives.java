// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.negatives;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.UntouchedItems;

/**
 * New negatives in every epoch: uniform over the items that the user did not interact with in training.
 *
 * <p>Where rows have labels nothing is drawn: they are samples as they are.
 *
 * <p>Stored negatives are the same few items for a user in every epoch, which a model with an embedding for each user
 * memorizes; new ones it cannot. The negatives of one positive are drawn independently, so an item can occur twice
 * among them. Validation and test items can be drawn: training does not know them.
 *
 * @param perPositive negatives of each positive, 1 to 1,024, independent of the dataset's number; predicted
 *     probabilities are those of this ratio
 */
public record DrawnNegatives(int perPositive) implements NegativeSettings {
    /** Checks the range. */
    public DrawnNegatives {
        new Checks().between("perPositive", perPositive, 1, 1_024).done();
    }

    /** One, as in the paper's data. */
    public static DrawnNegatives defaults() {
        return new DrawnNegatives(1);
    }

    @Override
    public Samples samples(TrainingData data, Seed epoch) {
        if (data.training().labelled()) {
            return data.training();
        }
        Instances stored = data.training().instances();
        int storedGroup = data.training().groupSize();
        int group = 1 + perPositive;
        int positives = data.training().positives();
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
        for (int positive = 0; positive < positives; positive++) {
            int from = positive * storedGroup;
            int to = positive * group;
            Arrays.fill(users, to, to + group, stored.users()[from]);
            Arrays.fill(positions, to, to + group, stored.positions()[from]);
            items[to] = stored.items()[from];
            // Positives are ordered by user.
            if (untouched == null || stored.users()[from] != user) {
                user = stored.users()[from];
                untouched = UntouchedItems.of(data.log(), user, data.catalogue().size());
            }
            for (int negative = to + 1; negative < to + group; negative++) {
                items[negative] = untouched.item(random.nextInt(untouched.count()));
            }
        }
        return new Samples(new Instances(users, items, positions), perPositive);
    }
}
