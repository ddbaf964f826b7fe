// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.random.RandomGenerator;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;

/** Samples and scores drawn at random, with as many ties as wanted. */
public final class RandomSamples {
    private RandomSamples() {}

    /** {@code groups} groups of one positive and {@code negatives} negatives; users rise, as in stored samples. */
    public static Samples samples(RandomGenerator random, int groups, int negatives, int users, int items) {
        int size = groups * (1 + negatives);
        int[] userColumn = new int[size];
        int[] itemColumn = new int[size];
        for (int row = 0; row < size; row++) {
            int group = row / (1 + negatives);
            userColumn[row] = (int) ((long) group * users / groups);
            itemColumn[row] = random.nextInt(items);
        }
        return new Samples(new Instances(userColumn, itemColumn, new int[size]), negatives);
    }

    /** Scores of which at most {@code levels} are distinct; positives score higher on average. */
    public static float[] scores(RandomGenerator random, Samples samples, int levels) {
        float[] scores = new float[samples.size()];
        for (int row = 0; row < scores.length; row++) {
            double score = random.nextGaussian() + samples.label(row);
            scores[row] = (float) (Math.rint(Math.max(-1, Math.min(1, score / 4)) * levels / 2) / levels * 8);
        }
        return scores;
    }
}
