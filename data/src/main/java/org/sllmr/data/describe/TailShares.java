// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.describe;

import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.TestData;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;

/**
 * Which share of the positives has a long-tail item, 0 to 1; NaN in a part without positives.
 *
 * <p>The tail is counted in training. If its share of the test positives is much larger than that of the training positives,
 * rare items are rare because their interactions were held out, and whatever raises them gains in the long-tail slices.
 *
 * @param training of the training positives
 * @param test of the test positives
 * @param trainingByAll of the training positives, if the tail is the fifth with the fewest positives of all parts together
 * @param testByAll the same of the test positives
 */
public record TailShares(double training, double test, double trainingByAll, double testByAll) {
    static TailShares of(Dataset dataset) {
        TrainingData data = dataset.trainingData();
        TestData test = dataset.testData();
        Popularity popularity = Popularity.of(data);
        boolean[] tail = popularity.longTail();
        boolean[] byAll = Popularity.ofAllParts(data, test).longTail();
        return new TailShares(
                ofTraining(popularity, tail),
                of(test.test(), tail),
                ofTraining(popularity, byAll),
                of(test.test(), byAll));
    }

    private static double ofTraining(Popularity popularity, boolean[] tail) {
        long rare = 0;
        long all = 0;
        for (int item = 0; item < tail.length; item++) {
            all += popularity.positives(item);
            rare += tail[item] ? popularity.positives(item) : 0;
        }
        return rare / (double) all;
    }

    private static double of(Samples samples, boolean[] tail) {
        long rare = 0;
        long all = 0;
        for (int row = 0; row < samples.size(); row++) {
            int label = samples.label(row);
            all += label;
            rare += tail[samples.instances().items()[row]] ? label : 0;
        }
        return rare / (double) all;
    }
}
