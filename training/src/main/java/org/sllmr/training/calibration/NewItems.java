// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;

/**
 * What the preference takes as the popularity of new items, which are no training positive.
 *
 * <p>In a log that was cut by leave-one-out such items are rarely taken, and held-out interactions show it. Where items
 * are new because they have just arrived, nothing is known of their popularity.
 */
public enum NewItems {
    /** Nobody has taken them: a popularity of 0. */
    UNPOPULAR,
    /**
     * The mean of log(1 + popularity) over all other items. Held-out interactions are not compared with items that nobody
     * has taken, nor are interactions with items that nobody else has.
     */
    AVERAGE;

    /** What counts as log popularity of new items, where nothing is held out of training. */
    public double logPopularity(TrainingData data) {
        int[] positives = Popularity.of(data).positives();
        return logPopularity(
                Arrays.stream(positives).mapToDouble(StrictMath::log1p).toArray(), positives);
    }

    /**
     * What counts as log popularity of new items.
     *
     * @param logPopularity of each item: {@code [items]}
     * @param positives training positives of each; those with none are new: {@code [items]}
     */
    double logPopularity(double[] logPopularity, int[] positives) {
        if (this == UNPOPULAR) {
            return 0;
        }
        double sum = 0;
        int known = 0;
        for (int item = 0; item < logPopularity.length; item++) {
            if (positives[item] > 0) {
                sum += logPopularity[item];
                known++;
            }
        }
        return sum / Math.max(1, known);
    }
}
