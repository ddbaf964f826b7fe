// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;

class TeacherAgreementTest {
    private static final float[] FIRST = {0.1f, 0.2f, 0.3f, 0.4f};

    @Test
    void knownCorrelations() {
        assertThat(RankCorrelation.kendall(FIRST, new float[] {1, 2, 3, 4})).isEqualTo(1);
        assertThat(RankCorrelation.kendall(FIRST, new float[] {4, 3, 2, 1})).isEqualTo(-1);
        assertThat(RankCorrelation.kendall(FIRST, new float[] {1, 1, 1, 1})).isNaN();
        assertThat(RankCorrelation.spearman(FIRST, new float[] {1, 1, 1, 1})).isNaN();
        // One tie: 5 of 6 pairs are untied, all in order.
        assertThat(RankCorrelation.kendall(FIRST, new float[] {1, 1, 2, 3}))
                .isCloseTo(5 / Math.sqrt(30), within(1e-12));
        assertThat(RankCorrelation.spearman(FIRST, new float[] {2, 1, 4, 3})).isCloseTo(0.6, within(1e-12));
        assertThat(RankCorrelation.kendall(FIRST, new float[] {2, 1, 4, 3})).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void equalsASlowImplementation() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).generator();
        for (int round = 0; round < 200; round++) {
            int size = 2 + random.nextInt(12);
            float[] first = values(size, random);
            float[] second = values(size, random);
            assertClose(RankCorrelation.kendall(first, second), correlation(signs(first), signs(second), false), seed);
            assertClose(RankCorrelation.spearman(first, second), correlation(ranks(first), ranks(second), true), seed);
        }
    }

    private static void assertClose(double value, double expected, long seed) {
        if (Double.isNaN(expected)) {
            assertThat(value).as("seed %d", seed).isNaN();
        } else {
            assertThat(value).as("seed %d", seed).isCloseTo(expected, within(1e-9));
        }
    }

    private static float[] values(int size, RandomGenerator random) {
        float[] values = new float[size];
        for (int index = 0; index < size; index++) {
            values[index] = random.nextInt(5) / 4f;
        }
        return values;
    }

    /** The sign of every ordered pair's difference: tau-b is the uncentred correlation of two such lists. */
    private static double[] signs(float[] values) {
        return IntStream.range(0, values.length * values.length)
                .mapToDouble(pair -> Math.signum(values[pair / values.length] - values[pair % values.length]))
                .toArray();
    }

    private static double[] ranks(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(index -> IntStream.range(0, values.length)
                        .mapToDouble(
                                other -> values[other] < values[index] ? 1 : values[other] == values[index] ? 0.5 : 0)
                        .sum())
                .toArray();
    }

    private static double correlation(double[] first, double[] second, boolean centred) {
        double meanFirst = centred ? Arrays.stream(first).average().orElseThrow() : 0;
        double meanSecond = centred ? Arrays.stream(second).average().orElseThrow() : 0;
        double product = 0;
        double squaresFirst = 0;
        double squaresSecond = 0;
        for (int index = 0; index < first.length; index++) {
            product += (first[index] - meanFirst) * (second[index] - meanSecond);
            squaresFirst += Math.pow(first[index] - meanFirst, 2);
            squaresSecond += Math.pow(second[index] - meanSecond, 2);
        }
        return product / Math.sqrt(squaresFirst * squaresSecond);
    }

    @Test
    void onlyCommonItemsOfAUserAreCompared() {
        TeacherTable first = new TeacherTable(new int[] {0, 4, 6, 7}, new int[] {1, 2, 3, 5, 1, 2, 9}, new float[] {
            0.1f, 0.3f, 0.9f, 0.5f, 0.4f, 0.4f, 1
        });
        TeacherTable second = new TeacherTable(
                new int[] {0, 3, 5, 5}, new int[] {1, 2, 3, 1, 2}, new float[] {0.2f, 0.1f, 0.1f, 0.5f, 0.6f});
        TeacherAgreement agreement = TeacherAgreement.of(first, second);
        assertThat(agreement.scoresOfFirst()).isEqualTo(7);
        assertThat(agreement.scoresOfSecond()).isEqualTo(5);
        assertThat(agreement.common()).isEqualTo(5);
        assertThat(agreement.commonUsers()).isEqualTo(2);
        assertThat(agreement.kendallUsers()).isEqualTo(1);
        // Of the first user's 3 pairs, the second teacher ties one and orders two the other way round.
        assertThat(agreement.kendall().orElseThrow()).isCloseTo(-2 / Math.sqrt(6), within(1e-9));
        assertThat(agreement.gaps()).hasSize(7);
        assertThat(agreement.gaps().stream()
                        .mapToLong(TeacherAgreement.Gap::pairs)
                        .sum())
                .isEqualTo(3);
        TeacherAgreement.Gap widest = agreement.gaps().get(6);
        assertThat(widest).isEqualTo(new TeacherAgreement.Gap(0.5, 1, 2, 1, 0));
        assertThat(widest.agreement()).hasValue(0);
        assertThat(agreement.gaps().get(0).agreement()).isEmpty();
        assertThat(TeacherAgreement.of(first, first).kendall()).hasValue(1);
        assertThatThrownBy(() -> TeacherAgreement.of(first, new TeacherTable(new int[] {0}, new int[0], new float[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thereIsNoResultWithoutCommonItems() {
        TeacherTable first = new TeacherTable(new int[] {0, 1}, new int[] {1}, new float[] {0.5f});
        TeacherTable second = new TeacherTable(new int[] {0, 1}, new int[] {2}, new float[] {0.5f});
        TeacherAgreement agreement = TeacherAgreement.of(first, second);
        assertThat(agreement.common()).isZero();
        assertThat(agreement.kendall()).isEmpty();
        assertThat(agreement.spearman()).isEmpty();
    }
}
