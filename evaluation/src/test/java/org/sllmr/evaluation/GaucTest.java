// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.evaluation.Gauc.Weighting;

class GaucTest {
    @RepeatedTest(100)
    void isTheWeightedMeanOfUsersOwnAuc(RepetitionInfo repetition) {
        long seed = 300 + repetition.getCurrentRepetition();
        RandomGenerator random = new Seed(seed).generator();
        Samples samples =
                RandomSamples.samples(random, 1 + random.nextInt(40), 1 + random.nextInt(3), 1 + random.nextInt(9), 20);
        float[] scores = RandomSamples.scores(random, samples, 1 + random.nextInt(6));
        int[] rows = IntStream.range(0, samples.size())
                .filter(row -> random.nextInt(3) > 0)
                .toArray();
        for (Weighting weighting : Weighting.values()) {
            double sum = 0;
            double weights = 0;
            for (int user = 0; user < 9; user++) {
                int one = user;
                int[] own = Arrays.stream(rows)
                        .filter(row -> samples.instances().users()[row] == one)
                        .toArray();
                OptionalDouble auc = Auc.of(scores, samples, own);
                if (auc.isPresent()) {
                    double positives = Arrays.stream(own).map(samples::label).sum();
                    double weight = weighting == Weighting.USERS
                            ? 1
                            : weighting == Weighting.POSITIVES ? positives : own.length;
                    sum += weight * auc.getAsDouble();
                    weights += weight;
                }
            }
            OptionalDouble gauc = Gauc.of(scores, samples, rows, weighting);
            assertThat(gauc.isPresent()).as("seed %d", seed).isEqualTo(weights > 0);
            if (weights > 0) {
                assertThat(gauc.getAsDouble()).as("seed %d", seed).isCloseTo(sum / weights, within(1e-14));
            }
        }
    }

    /** roc_auc_score of scikit-learn 1.9.1 for each user, weighted by rows and unweighted. */
    @Test
    void equalsRecordedScikitLearnValues() {
        int[] users = IntStream.range(0, 90)
                .map(row -> row < 10 ? 0 : row < 40 ? 1 : 2)
                .toArray();
        Samples samples = new Samples(new Instances(users, new int[90], new int[90]), 1);
        float[] scores = new float[90];
        for (int row = 0; row < 90; row++) {
            scores[row] = row * 31 % 7;
        }
        int[] rows = IntStream.range(0, 90).toArray();

        assertThat(Gauc.of(scores, samples, rows, Weighting.IMPRESSIONS).orElseThrow())
                .isCloseTo(0.5139259259259259, within(1e-15));
        assertThat(Gauc.of(scores, samples, rows, Weighting.USERS).orElseThrow())
                .isCloseTo(0.5471703703703704, within(1e-15));
    }
}
