// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.negatives.StoredNegatives;
import org.sllmr.training.objective.BayesianPersonalizedRanking;
import org.sllmr.training.objective.BinaryCrossEntropy;
import org.sllmr.training.objective.Objective;

class SampleOrderTest {
    private static final Samples SAMPLES = new Samples(new Instances(new int[27], new int[27], new int[27]), 2);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 26, 27, 28, 1_000})
    void everyRowIsVisitedOnceAnEpoch(int batchSize) {
        for (Objective objective : List.of(BinaryCrossEntropy.defaults(), BayesianPersonalizedRanking.defaults())) {
            SampleOrder order = order(objective, batchSize);
            assertThat(rows(order)).isEqualTo(IntStream.range(0, 27).boxed().toList());
            order.shuffle(new Seed(1));
            assertThat(rows(order))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 27).boxed().toList());
            for (int batch = 0; batch < order.batches() - 1; batch++) {
                assertThat(order.batch(batch)).hasSizeLessThanOrEqualTo(Math.max(3, batchSize));
            }
        }
    }

    @Test
    void groupsStayWholeForGroupedObjectives() {
        SampleOrder order = order(BayesianPersonalizedRanking.defaults(), 8);
        order.shuffle(new Seed(3));
        for (int batch = 0; batch < order.batches(); batch++) {
            int[] rows = order.batch(batch);
            assertThat(rows.length).isEqualTo(batch < 4 ? 6 : 3);
            for (int index = 0; index < rows.length; index += 3) {
                assertThat(rows[index] % 3).isZero();
                assertThat(rows[index + 1]).isEqualTo(rows[index] + 1);
                assertThat(rows[index + 2]).isEqualTo(rows[index] + 2);
            }
        }
    }

    @Test
    void anEpochsOrderDependsOnItsSeedOnly() {
        SampleOrder order = order(BinaryCrossEntropy.defaults(), 4);
        order.shuffle(new Seed(1));
        List<Integer> first = rows(order);
        order.shuffle(new Seed(2));
        assertThat(rows(order)).isNotEqualTo(first);
        order.shuffle(new Seed(1));
        assertThat(rows(order)).isEqualTo(first);
    }

    private static SampleOrder order(Objective objective, int batchSize) {
        return new SampleOrder(
                SAMPLES,
                new TrainingSettings(
                        objective,
                        batchSize,
                        1,
                        1,
                        PlateauDecay.defaults(),
                        new StoredNegatives(),
                        GuidanceSchedule.defaults(),
                        true,
                        true));
    }

    private static List<Integer> rows(SampleOrder order) {
        List<Integer> rows = new ArrayList<>();
        for (int batch = 0; batch < order.batches(); batch++) {
            for (int row : order.batch(batch)) {
                rows.add(row);
            }
        }
        return rows;
    }
}
