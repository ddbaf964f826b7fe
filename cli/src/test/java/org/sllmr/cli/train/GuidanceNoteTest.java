// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.EpochResult;
import org.sllmr.runs.RunContents;
import org.sllmr.runs.RunFixture;
import org.sllmr.runs.RunMetrics;
import org.sllmr.runs.SplitMetrics;

class GuidanceNoteTest {
    private static RunContents contents(int bestEpoch, double... alone) {
        SplitMetrics metrics = RunFixture.metrics(0.7, Double.NaN, 0.7, 0.6, 0.5);
        RunContents plain = RunFixture.contents("seed: 3\n", "sample", 3, metrics, 2, true);
        List<EpochResult> reference = new ArrayList<>();
        for (double auc : alone) {
            EpochResult epoch = plain.epochs().get(0);
            reference.add(new EpochResult(
                    reference.size() + 1,
                    epoch.objectiveLoss(),
                    0,
                    epoch.learningRate(),
                    RunFixture.metrics(auc, Double.NaN, 0.7, 0.6, 0.5),
                    Optional.empty(),
                    epoch.seconds(),
                    epoch.samplesPerSecond()));
        }
        return new RunContents(
                plain.configuration(),
                new RunMetrics(metrics, metrics, bestEpoch, 2),
                plain.epochs(),
                reference,
                plain.provenance(),
                Optional.empty());
    }

    @Test
    void tellsThatTheBackboneAloneWasBetter() {
        double guided = contents(1).epochs().stream()
                .mapToDouble(epoch -> epoch.validation().value(SampleMetric.AUC).orElseThrow())
                .max()
                .orElseThrow();
        double[] alone = {guided - 0.01, guided + 0.01, guided};
        assertThat(GuidanceNote.of(contents(1, alone), SampleMetric.AUC))
                .hasValueSatisfying(note -> assertThat(note)
                        .contains("Guidance did not help", "guidance.lambda")
                        .doesNotContain("kept"));
        assertThat(GuidanceNote.of(contents(0, alone), SampleMetric.AUC))
                .hasValueSatisfying(
                        note -> assertThat(note).contains("Guidance did not help", "So the backbone alone was kept."));
        assertThat(GuidanceNote.of(contents(1, guided - 0.01, guided), SampleMetric.AUC))
                .isEmpty();
        // Epochs of the fixture have .7 in long-tail samples, guided and alone.
        assertThat(GuidanceNote.of(contents(1, alone), SampleMetric.AUC_LONG_TAIL))
                .isEmpty();
    }

    @Test
    void saysNothingWithoutABackboneAlone() {
        assertThat(GuidanceNote.of(contents(1), SampleMetric.AUC)).isEmpty();
    }
}
