// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.RunMetrics;
import org.sllmr.runs.SplitMetrics;

class ProbabilityNoteTest {
    private static RunMetrics metrics(OptionalDouble logLoss, int positives) {
        Map<SampleMetric, Measurement> all = new EnumMap<>(SampleMetric.class);
        for (SampleMetric metric : SampleMetric.values()) {
            all.put(metric, Measurement.none());
        }
        all.put(SampleMetric.LOG_LOSS, new Measurement(logLoss, 100, positives));
        SplitMetrics split = new SplitMetrics(all);
        return new RunMetrics(split, split, 1, 1);
    }

    @Test
    void tellsOfProbabilitiesThatAreWorseThanAConstant() {
        assertThat(ProbabilityNote.of(metrics(OptionalDouble.of(0.7), 50)))
                .hasValueSatisfying(note -> assertThat(note).contains("0.7000", "0.6931", "initialization"));
        assertThat(ProbabilityNote.of(metrics(OptionalDouble.of(0.69), 50))).isEmpty();
        // A constant is better the rarer positives are: -(.1 ln .1 + .9 ln .9).
        assertThat(ProbabilityNote.of(metrics(OptionalDouble.of(0.33), 10))).isPresent();
        assertThat(ProbabilityNote.of(metrics(OptionalDouble.of(0.32), 10))).isEmpty();
    }

    @Test
    void saysNothingWithoutALogLoss() {
        assertThat(ProbabilityNote.of(metrics(OptionalDouble.empty(), 0))).isEmpty();
    }
}
