// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.describe;

import java.util.stream.IntStream;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.UntouchedItems;
import org.sllmr.data.store.Dataset;

/**
 * How much the stored training negatives reveal about users' held-out items: their validation and test positives.
 *
 * <p>With leave-one-out, as in the paper's study, they are drawn from the items that a user never touched, not even in validation and test.
 * If only training items had been excluded, some of them would have been a held-out item of their user: those are
 * counted here. Negatives that training draws for itself reveal nothing.
 *
 * @param negatives number of stored training negatives
 * @param expected how many of them would then be expected to be a held-out item of their user
 * @param atMost the number that would not be exceeded with probability .999: a quantile of the Poisson distribution
 *     with that mean, whose variance is no smaller than that of the count
 */
public record HeldOutNegatives(long negatives, double expected, int atMost) {
    private static final double PROBABILITY = 0.999;

    /** Computes the numbers of a dataset. */
    static HeldOutNegatives of(Dataset dataset) {
        if (!dataset.partsBy().equals("leave-one-out")) {
            return new HeldOutNegatives(0, 0, 0);
        }
        InteractionLog training = dataset.trainingData().log();
        InteractionLog untilTest = dataset.testData().log();
        int[] tests = dataset.testData().test().instances().items();
        int group = dataset.testData().test().groupSize();
        int perPositive = dataset.trainingData().training().groupSize() - 1;
        int items = dataset.trainingData().catalogue().size();
        long negatives = 0;
        double expected = 0;
        for (int user = 0; user < training.users(); user++) {
            int length = training.length(user);
            int open = UntouchedItems.of(training, user, items).count();
            // A user's first interaction is history only.
            long own = (length - 1L) * perPositive;
            int validation = untilTest.item(user, length);
            int test = tests[user * group];
            int unseen = (touches(training, user, validation) ? 0 : 1)
                    + (test == validation || touches(training, user, test) ? 0 : 1);
            negatives += own;
            expected += open == 0 ? 0 : (double) own * unseen / open;
        }
        return new HeldOutNegatives(negatives, expected, quantile(expected));
    }

    private static boolean touches(InteractionLog log, int user, int item) {
        return IntStream.range(0, log.length(user)).anyMatch(position -> log.item(user, position) == item);
    }

    /** The smallest count that a Poisson variable with this mean does not exceed with {@link #PROBABILITY}. */
    private static int quantile(double mean) {
        int count = 0;
        double logOfTerm = -mean;
        double sum = StrictMath.exp(logOfTerm);
        while (sum < PROBABILITY && count < mean + 100 + 20 * Math.sqrt(mean)) {
            count++;
            logOfTerm += StrictMath.log(mean / count);
            sum += StrictMath.exp(logOfTerm);
        }
        return count;
    }
}
