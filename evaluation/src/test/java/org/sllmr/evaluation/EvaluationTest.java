// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;

class EvaluationTest {
    /** Three users, each with one positive and one negative; user 0 is cold, items 3 and 4 are long-tail. */
    private static final Samples SAMPLES = new Samples(
            new Instances(new int[] {0, 0, 1, 1, 2, 2}, new int[] {0, 3, 3, 1, 4, 2}, new int[] {3, 3, 6, 6, 9, 9}), 1);

    private static final Slices SLICES =
            new Slices(new boolean[] {true, false, false}, new boolean[] {false, false, false, true, true});

    @Test
    void slicesBySamplesTakeRowsAndSlicesByPairsTakeGroups() {
        assertThat(SLICES.rows(Slice.ALL, SAMPLES)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(SLICES.rows(Slice.COLD, SAMPLES)).containsExactly(0, 1);
        assertThat(SLICES.rows(Slice.WARM, SAMPLES)).containsExactly(2, 3, 4, 5);
        assertThat(SLICES.rows(Slice.LONG_TAIL, SAMPLES)).containsExactly(1, 2, 4);
        assertThat(SLICES.rows(Slice.HEAD, SAMPLES)).containsExactly(0, 3, 5);
        assertThat(SLICES.rows(Slice.LONG_TAIL_PAIRS, SAMPLES)).containsExactly(2, 3, 4, 5);
        assertThat(SLICES.rows(Slice.HEAD_PAIRS, SAMPLES)).containsExactly(0, 1);
    }

    @Test
    void measuresEverySliceWithItsSize() {
        Metrics metrics = Evaluation.evaluate(new float[] {1, 2, 5, 3, 2, 4}, SAMPLES, SLICES);

        assertThat(metrics.auc()).isEqualTo(metric(3.5 / 9, 6, 3));
        assertThat(metrics.get(SampleMetric.AUC_COLD)).isEqualTo(metric(0, 2, 1));
        assertThat(metrics.get(SampleMetric.AUC_WARM)).isEqualTo(metric(0.5, 4, 2));
        assertThat(metrics.get(SampleMetric.AUC_LONG_TAIL)).isEqualTo(metric(0.75, 3, 2));
        assertThat(metrics.get(SampleMetric.AUC_HEAD)).isEqualTo(metric(0, 3, 1));
        assertThat(metrics.get(SampleMetric.AUC_LONG_TAIL_PAIRS)).isEqualTo(metric(0.5, 4, 2));
        assertThat(metrics.get(SampleMetric.AUC_HEAD_PAIRS)).isEqualTo(metric(0, 2, 1));
        assertThat(metrics.get(SampleMetric.LOG_LOSS).samples()).isEqualTo(6);
        assertThat(metrics.get(SampleMetric.LOG_LOSS).positives()).isEqualTo(3);
    }

    @Test
    void metricKeysAreThoseOfFiles() {
        Metrics metrics = Evaluation.evaluate(new float[] {1, 2, 5, 3, 2, 4}, SAMPLES, SLICES);

        assertThat(metrics.all().keySet().stream().map(SampleMetric::key))
                .as("the keys in files, which never change")
                .containsExactly(
                        "auc",
                        "logLoss",
                        "calibrationError",
                        "aucCold",
                        "aucWarm",
                        "aucLongTail",
                        "aucHead",
                        "aucLongTailPairs",
                        "aucHeadPairs",
                        "gaucByImpressions",
                        "gaucByUsers",
                        "aucWithinImpressions",
                        "ndcgWithinImpressions",
                        "mrrWithinImpressions",
                        "aucNewUsers",
                        "aucNewItems",
                        "aucNewItemPairs");
        assertThat(Metrics.class.getRecordComponents())
                .as("checkpoints store each metric under its key")
                .extracting(RecordComponent::getName)
                .containsExactlyElementsOf(Arrays.stream(SampleMetric.values())
                        .map(SampleMetric::key)
                        .toList());
        assertThat(metrics.get(SampleMetric.AUC_HEAD)).isEqualTo(metrics.aucHead());
        assertThat(SampleMetric.values())
                .allSatisfy(metric -> assertThat(SampleMetric.of(metric.key())).hasValue(metric));
        assertThat(SampleMetric.of("AUC")).isEmpty();
        assertThat(SampleMetric.AUC_COLD.label()).isEqualTo("AUC, cold users");
        assertThat(SampleMetric.AUC.signed(-0.00004)).isEqualTo("0.0000");
        assertThat(SampleMetric.AUC.signed(0.0042)).isEqualTo("+0.0042");
    }

    @Test
    void aSliceOfOneClassHasASizeButNoValue() {
        Slices slices = new Slices(new boolean[3], new boolean[] {false, false, false, false, true});

        Metrics metrics = Evaluation.evaluate(new float[6], SAMPLES, slices);

        assertThat(metrics.get(SampleMetric.AUC_LONG_TAIL)).isEqualTo(new Measurement(OptionalDouble.empty(), 1, 1));
        assertThat(metrics.get(SampleMetric.AUC_COLD)).isEqualTo(new Measurement(OptionalDouble.empty(), 0, 0));
        assertThat(metrics.auc().value()).hasValue(0.5);
    }

    @Test
    void aSliceAndItsComplementHoldEveryRowOnce() {
        long seed = 7;
        RandomGenerator random = new Seed(seed).generator();
        Samples samples = RandomSamples.samples(random, 100, 3, 40, 60);
        Slices slices = new Slices(flags(random, 40), flags(random, 60));

        for (Slice[] halves : new Slice[][] {
            {Slice.COLD, Slice.WARM}, {Slice.LONG_TAIL, Slice.HEAD}, {Slice.LONG_TAIL_PAIRS, Slice.HEAD_PAIRS}
        }) {
            int[] one = slices.rows(halves[0], samples);
            int[] other = slices.rows(halves[1], samples);
            int[] both = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            Arrays.sort(both);

            assertThat(both).as("seed %d, %s", seed, halves[0]).isEqualTo(slices.rows(Slice.ALL, samples));
        }
    }

    @Test
    void coldUsersAreThoseWithFewTrainingInteractions() {
        InteractionLog full = InteractionLog.of(new int[] {0, 5, 11, 18}, new int[18], new long[18]);

        assertThat(ColdUsers.of(full.withholdLast(2), ColdUsers.MAX_INTERACTIONS))
                .containsExactly(true, false, false);
    }

    private static Measurement metric(double value, int samples, int positives) {
        return new Measurement(OptionalDouble.of(value), samples, positives);
    }

    private static boolean[] flags(RandomGenerator random, int size) {
        boolean[] flags = new boolean[size];
        for (int index = 0; index < size; index++) {
            flags[index] = random.nextInt(3) == 0;
        }
        return flags;
    }
}
