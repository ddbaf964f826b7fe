// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.negatives;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;

/**
 * New negatives in every epoch: uniform over the items that the user did not interact with in training.
 *
 * <p>A stored negative is the same few items' word against a user for the whole of training, which a model with an
 * embedding for each user learns by heart; new ones cannot be. The negatives of one positive are drawn independently, so
 * an item can stand among them twice. Held-out items can be drawn: training cannot know them.
 *
 * @param perPositive negatives of each positive, 1 to 1,024, whatever number the dataset stores; with more than one,
 *     predicted probabilities are those of that mixture
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
        Instances stored = data.training().instances();
        int storedGroup = 1 + data.training().negatives();
        int group = 1 + perPositive;
        int positives = data.training().positives();
        int[] users = new int[Math.multiplyExact(positives, group)];
        int[] items = new int[users.length];
        int[] positions = new int[users.length];
        Untouched untouched = new Untouched(data.log(), data.catalogue().size());
        RandomGenerator random = epoch.generator();
        for (int positive = 0; positive < positives; positive++) {
            int from = positive * storedGroup;
            int to = positive * group;
            Arrays.fill(users, to, to + group, stored.users()[from]);
            Arrays.fill(positions, to, to + group, stored.positions()[from]);
            items[to] = stored.items()[from];
            untouched.of(stored.users()[from]);
            for (int negative = to + 1; negative < to + group; negative++) {
                items[negative] = untouched.draw(random);
            }
        }
        return new Samples(new Instances(users, items, positions), perPositive);
    }

    /** Uniform draws from the items that a user did not touch; consecutive positives are of one user, who is sorted once. */
    private static final class Untouched {
        private final InteractionLog log;
        private final int items;
        private int user = -1;
        private int[] touched = new int[0];
        private int distinct;

        Untouched(InteractionLog log, int items) {
            this.log = log;
            this.items = items;
        }

        void of(int user) {
            if (user == this.user) {
                return;
            }
            this.user = user;
            int length = log.length(user);
            if (touched.length < length) {
                touched = new int[length];
            }
            log.copyItems(user, 0, length, touched, 0);
            Arrays.sort(touched, 0, length);
            distinct = 0;
            for (int at = 0; at < length; at++) {
                if (at == 0 || touched[at] != touched[at - 1]) {
                    touched[distinct++] = touched[at];
                }
            }
        }

        /** The item of a random rank among the untouched: no rejection, so it ends however much the user touched. */
        int draw(RandomGenerator random) {
            int item = random.nextInt(items - distinct);
            for (int at = 0; at < distinct && touched[at] <= item; at++) {
                item++;
            }
            return item;
        }
    }
}
