// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sllmr.evaluation.SampleMetric;

class EpochResultTest {
    private static EpochResult epoch(int number, double auc, double logLoss) {
        return new EpochResult(
                number,
                0.5,
                0,
                0.01,
                RunFixture.metrics(auc, Double.NaN, 0.7, 0.6, logLoss),
                Optional.empty(),
                1,
                1_000);
    }

    @Test
    void theBestEpochIsThatOfTheWatchedMetricAndTheFirstOfEqualOnes() {
        List<EpochResult> epochs =
                List.of(epoch(1, 0.6, 0.7), epoch(2, 0.7, 0.5), epoch(3, 0.8, 0.6), epoch(4, 0.8, 0.5));
        assertThat(EpochResult.best(epochs, SampleMetric.AUC)).hasValue(epochs.get(2));
        assertThat(EpochResult.best(epochs, SampleMetric.LOG_LOSS)).hasValue(epochs.get(1));
    }

    @Test
    void anUndefinedMetricHasNoBestEpoch() {
        assertThat(EpochResult.best(List.of(epoch(1, 0.6, 0.7)), SampleMetric.AUC_COLD))
                .isEmpty();
        assertThat(EpochResult.best(List.of(), SampleMetric.AUC)).isEmpty();
    }
}
