// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.data.Labels;
import org.sllmr.data.Samples;

class WithinListsTest {
    private static Samples samples(byte[] labels, int... lists) {
        return new Samples(
                new Instances(new int[labels.length], new int[labels.length], new int[labels.length]),
                new Labels.Given(labels, lists));
    }

    @Test
    void knownValues() {
        // Ranks of the positives: 2 of 4; the second impression has no negative, the third no positive.
        Samples samples = samples(new byte[] {0, 1, 0, 0, 1, 0}, 0, 4, 5, 6);
        float[] logits = {3, 2, 1, 0, 0, 0};

        assertThat(WithinLists.auc(logits, samples)).containsExactly(2.0 / 3, Double.NaN, Double.NaN);
        assertThat(WithinLists.reciprocalRank(logits, samples)[0]).isEqualTo(0.5);
        assertThat(WithinLists.ndcg(logits, samples)[0]).isCloseTo(Math.log(2) / Math.log(3), within(1e-12));

        Measurement measured = SampleMetric.AUC_WITHIN_IMPRESSIONS.measure(
                logits, samples, new Slices(new boolean[1], new boolean[1]));
        assertThat(measured.value().orElseThrow()).isEqualTo(2.0 / 3);
        assertThat(measured.lists()).isEqualTo(1);
        assertThat(measured.samples()).isEqualTo(4);
        assertThat(measured.positives()).isEqualTo(1);
    }

    @Test
    void withoutImpressionsThereIsNoValue() {
        Samples samples = samples(new byte[] {0, 1});

        assertThat(WithinLists.auc(new float[2], samples)).isEmpty();
        assertThat(SampleMetric.MRR_WITHIN_IMPRESSIONS
                        .measure(new float[2], samples, new Slices(new boolean[1], new boolean[1]))
                        .value())
                .isEmpty();
    }

    @Test
    void aDivergedModelIsAnError() {
        assertThatThrownBy(() -> WithinLists.auc(new float[] {Float.NaN, 0}, samples(new byte[] {0, 1}, 0, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The mean over all orders of rows with equal scores, by the definitions. */
    @Test
    void tiesGiveTheExpectedValueOverAllOrders() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Random(seed);
        for (int trial = 0; trial < 300; trial++) {
            int size = 2 + random.nextInt(5);
            byte[] labels = new byte[size];
            float[] logits = new float[size];
            for (int row = 0; row < size; row++) {
                labels[row] = (byte) random.nextInt(2);
                logits[row] = random.nextInt(3);
            }
            labels[0] = 1;
            labels[1] = 0;
            double[] sums = new double[3];
            List<int[]> orders = new ArrayList<>();
            permute(IntStream.range(0, size).toArray(), 0, orders);
            int counted = 0;
            for (int[] order : orders) {
                if (IntStream.range(1, size).allMatch(at -> logits[order[at - 1]] >= logits[order[at]])) {
                    counted++;
                    sums[0] += auc(labels, order);
                    sums[1] += ndcg(labels, order);
                    sums[2] += reciprocalRank(labels, order);
                }
            }
            Samples samples = samples(labels, 0, size);
            String of = "seed " + seed + ", trial " + trial;
            assertThat(WithinLists.auc(logits, samples)[0]).as(of).isCloseTo(sums[0] / counted, within(1e-9));
            assertThat(WithinLists.ndcg(logits, samples)[0]).as(of).isCloseTo(sums[1] / counted, within(1e-9));
            assertThat(WithinLists.reciprocalRank(logits, samples)[0])
                    .as(of)
                    .isCloseTo(sums[2] / counted, within(1e-9));
        }
    }

    private static void permute(int[] order, int from, List<int[]> all) {
        if (from == order.length) {
            all.add(order.clone());
            return;
        }
        for (int at = from; at < order.length; at++) {
            swap(order, from, at);
            permute(order, from + 1, all);
            swap(order, from, at);
        }
    }

    private static void swap(int[] order, int one, int other) {
        int kept = order[one];
        order[one] = order[other];
        order[other] = kept;
    }

    private static double auc(byte[] labels, int[] order) {
        int wins = 0;
        int pairs = 0;
        for (int first = 0; first < order.length; first++) {
            for (int second = first + 1; second < order.length; second++) {
                int difference = labels[order[first]] - labels[order[second]];
                wins += difference > 0 ? 1 : 0;
                pairs += difference != 0 ? 1 : 0;
            }
        }
        return wins / (double) pairs;
    }

    private static double ndcg(byte[] labels, int[] order) {
        double gain = 0;
        double ideal = 0;
        int positives = 0;
        for (int place = 0; place < order.length; place++) {
            if (labels[order[place]] == 1) {
                gain += Math.log(2) / Math.log(place + 2);
                ideal += Math.log(2) / Math.log(positives++ + 2);
            }
        }
        return gain / ideal;
    }

    private static double reciprocalRank(byte[] labels, int[] order) {
        return IntStream.range(0, order.length)
                .filter(place -> labels[order[place]] == 1)
                .mapToDouble(place -> 1.0 / (place + 1))
                .findFirst()
                .orElseThrow();
    }
}
