// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.evaluation.LogLoss;
import org.sllmr.evaluation.SampleMetric;

class PairedComparisonTest {
    private static final int USERS = 300;
    private static final long SEED = 4;

    private final RandomGenerator random = new Seed(SEED).generator();
    private final Samples samples = samples();
    private final int[] rows = IntStream.range(0, 2 * USERS).toArray();

    private static Samples samples() {
        int[] users = IntStream.range(0, 2 * USERS).map(row -> row / 2).toArray();
        int[] items = IntStream.range(0, 2 * USERS).map(row -> row % 7).toArray();
        int[] positions = new int[2 * USERS];
        Arrays.fill(positions, 3);
        return new Samples(new Instances(users, items, positions), 1);
    }

    /** Noisy logits that are {@code gap} higher for positives. */
    private float[] logits(double gap) {
        float[] logits = new float[2 * USERS];
        for (int row = 0; row < logits.length; row++) {
            logits[row] = (float) (gap * samples.label(row) + random.nextGaussian());
        }
        return logits;
    }

    /** With one pair of rows per user, each user has a mean loss, so a t-test is possible too. */
    @Test
    void logLossOverUsersAgreesWithATTestOverUsers() {
        float[] one = logits(0.9);
        float[] other = logits(1.1);
        Difference drawn =
                PairedComparison.overUsers(SampleMetric.LOG_LOSS, List.of(one), List.of(other), samples, rows);
        Difference own = PairedComparison.overUsers(SampleMetric.LOG_LOSS, ofUsers(one), ofUsers(other));
        assertThat(drawn.pairing()).isEqualTo(Pairing.USERS);
        assertThat(drawn.pairs()).isEqualTo(USERS);
        assertThat(drawn.baseline()).isCloseTo(LogLoss.of(one, samples).orElseThrow(), within(1e-12));
        assertThat(drawn.difference()).isCloseTo(own.difference(), within(1e-12));
        assertThat(drawn.interval().lower()).isCloseTo(own.interval().lower(), within(0.01));
        assertThat(drawn.interval().upper()).isCloseTo(own.interval().upper(), within(0.01));
        assertThat(drawn.effectSize()).isCloseTo(own.effectSize(), within(0.02));
        assertThat(drawn.pValue().value()).isCloseTo(own.pValue().value(), within(0.02));
    }

    private double[] ofUsers(float[] logits) {
        return IntStream.range(0, USERS)
                .mapToDouble(user -> LogLoss.of(logits, samples, new int[] {2 * user, 2 * user + 1})
                        .orElseThrow())
                .toArray();
    }

    /** So that a correction for a table of any size does not depend on the number of draws. */
    @Test
    void aDifferenceThatNoDrawReversesHasThePValueOfItsStandardError() {
        Difference sure =
                PairedComparison.overUsers(SampleMetric.AUC, List.of(logits(0)), List.of(logits(4)), samples, rows);
        // The effect size is the difference in standard errors over the root of the users.
        double expected = 2 * TDistribution.of(USERS - 1).survivalProbability(sure.effectSize() * Math.sqrt(USERS));
        assertThat(sure.pValue().value())
                .isCloseTo(expected, withinPercentage(1e-6))
                .isLessThan(2.0 / (PairedComparison.draws(rows.length, 2) + 1));
        Difference unsure =
                PairedComparison.overUsers(SampleMetric.AUC, List.of(logits(1)), List.of(logits(1)), samples, rows);
        assertThat(unsure.pValue().value()).isGreaterThan(0.05);
        List<Difference> table = PairedComparison.corrected(List.of(sure, unsure, sure));
        assertThat(table.get(0).corrected().value()).isEqualTo(3 * sure.pValue().value());
        List<Difference> long300 = PairedComparison.corrected(Collections.nCopies(300, sure));
        assertThat(long300.get(299).verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void drawsDecreaseWithRowsDownToAMinimum() {
        assertThat(PairedComparison.draws(100, 2)).isEqualTo(20_000);
        assertThat(PairedComparison.draws(1_000, 2)).isEqualTo(10_000);
        assertThat(PairedComparison.draws(100_000_000, 50)).isEqualTo(5_000);
    }

    @Test
    void pValuesAsTablesShowThem() {
        assertThat(new PValue(0.0312).text()).isEqualTo("0.031");
        assertThat(new PValue(1e-9).text()).isEqualTo("<0.001");
        assertThatThrownBy(() -> new PValue(1.5)).hasMessageContaining("1.5");
    }

    /** With m differences in the table, the smallest p value is multiplied by m, whatever their metrics. */
    @Test
    void correctsOverTheWholeTable() {
        List<Difference> table = new ArrayList<>();
        for (SampleMetric metric : List.of(SampleMetric.AUC, SampleMetric.AUC_COLD, SampleMetric.LOG_LOSS)) {
            double[] one = random.doubles(6).toArray();
            double[] other = random.doubles(6).toArray();
            table.add(PairedComparison.overSeeds(metric, one, other));
            table.add(PairedComparison.overUsers(metric, other, one));
        }
        assertThat(PairedComparison.corrected(table).stream()
                        .mapToDouble(one -> one.corrected().value())
                        .toArray())
                .as("seed %d", SEED)
                .containsExactly(Holm.correct(
                        table.stream().mapToDouble(one -> one.pValue().value()).toArray()));
    }

    @Test
    void lowerLogLossIsBetter() {
        double[] low = {0.50, 0.51, 0.52, 0.53};
        double[] high = {0.60, 0.612, 0.62, 0.63};
        assertThat(PairedComparison.overSeeds(SampleMetric.LOG_LOSS, high, low).verdict())
                .isEqualTo(Verdict.BETTER);
        assertThat(PairedComparison.overSeeds(SampleMetric.AUC, high, low).verdict())
                .isEqualTo(Verdict.WORSE);
        assertThat(PairedComparison.overSeeds(SampleMetric.AUC, low, low).verdict())
                .isEqualTo(Verdict.NOT_SIGNIFICANT);
    }
}
