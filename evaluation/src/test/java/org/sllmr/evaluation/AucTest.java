// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;

class AucTest {
    private static final double AUC_WITH_TIES = 0.6428571428571429;
    private static final double AUC_OF_WAVES = 0.5456105000000001;

    private static final float[] NONE = {};

    @RepeatedTest(200)
    void equalsTheShareOfPairsWithTiesAsOneHalf(RepetitionInfo repetition) {
        long seed = 1000 + repetition.getCurrentRepetition();
        RandomGenerator random = new Seed(seed).generator();
        Samples samples =
                RandomSamples.samples(random, 1 + random.nextInt(40), 1 + random.nextInt(4), 5, 1 + random.nextInt(50));
        float[] scores = RandomSamples.scores(random, samples, 1 + random.nextInt(1 + random.nextInt(200)));
        int[] rows = random.ints(samples.size(), 0, samples.size())
                .limit(1 + random.nextInt(samples.size()))
                .distinct()
                .toArray();

        OptionalDouble auc = Auc.of(scores, samples, rows);

        assertThat(auc).as("seed %d", seed).isEqualTo(byDefinition(scores, samples, rows));
    }

    @Test
    void isOneHalfForAConstantModel() {
        assertThat(Auc.of(filled(7, 0.3f), filled(5, 0.3f))).hasValue(0.5);
    }

    @Test
    void treatsZeroOfBothSignsAsATie() {
        assertThat(Auc.of(new float[] {-0f, 0f}, new float[] {0f, -0f})).hasValue(0.5);
    }

    @Test
    void isOneForPerfectAndZeroForReversedOrder() {
        float[] high = {1, 2, Float.POSITIVE_INFINITY};
        float[] low = {0, -3, Float.NEGATIVE_INFINITY};

        assertThat(Auc.of(high, low)).hasValue(1.0);
        assertThat(Auc.of(low, high)).hasValue(0.0);
    }

    @Test
    void isEmptyForOneClass() {
        assertThat(Auc.of(NONE, new float[] {1})).isEmpty();
        assertThat(Auc.of(new float[] {1}, NONE)).isEmpty();
        assertThat(Auc.of(NONE, NONE)).isEmpty();
    }

    @Test
    void isExactForMorePairsThanAnIntCanCount() {
        // 100,000 x 100,000 pairs; the positives are 0, 2, 4, ... and the negatives 1, 3, 5, ...
        int size = 100_000;
        float[] positives = new float[size];
        float[] negatives = new float[size];
        for (int i = 0; i < size; i++) {
            positives[i] = 2f * i;
            negatives[i] = 2f * i + 1;
        }

        double wins = size * (size - 1.0) / 2;
        assertThat(Auc.of(positives, negatives)).hasValue(wins / ((double) size * size));
    }

    @Test
    void doesNotChangeItsArguments() {
        float[] positives = {3, 1, 2};
        float[] negatives = {2, 5, 0};

        Auc.of(positives, negatives);

        assertThat(positives).containsExactly(3, 1, 2);
        assertThat(negatives).containsExactly(2, 5, 0);
    }

    @Test
    void refusesNaNAndMisalignedScores() {
        Samples samples = RandomSamples.samples(new Seed(1).generator(), 2, 1, 2, 2);

        assertThatThrownBy(() -> Auc.of(new float[] {Float.NaN, 1}, new float[] {0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Auc.of(new float[3], samples, new int[] {0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 scores for 4 samples");
    }

    /** roc_auc_score of scikit-learn 1.9.1. */
    @Test
    void equalsRecordedScikitLearnValues() {
        assertThat(Auc.of(new float[] {0.35f, 0.8f}, new float[] {0.1f, 0.4f})).hasValue(0.75);
        assertThat(Auc.of(new float[] {1, 2, 2, 3, 5}, new float[] {0, 1, 2, 2, 3, 4, 1})
                        .orElseThrow())
                .isCloseTo(AUC_WITH_TIES, within(1e-15));
        assertThat(Auc.of(waves(0, 1000, 1), waves(1000, 2000, 0)).orElseThrow())
                .isCloseTo(AUC_OF_WAVES, within(1e-15));
    }

    /** Whole numbers from -20 to 20, with many ties, and the same in every language. */
    private static float[] waves(int from, int to, int shift) {
        float[] scores = new float[to - from];
        for (int i = from; i < to; i++) {
            scores[i - from] = (i * 7919L % 41) - 20 + shift * (i % 5);
        }
        return scores;
    }

    private static OptionalDouble byDefinition(float[] scores, Samples samples, int[] rows) {
        double wins = 0;
        long pairs = 0;
        for (int positive : rows) {
            for (int negative : rows) {
                if (samples.label(positive) == 1 && samples.label(negative) == 0) {
                    wins += scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(wins / pairs);
    }

    private static float[] filled(int length, float value) {
        float[] array = new float[length];
        Arrays.fill(array, value);
        return array;
    }
}
