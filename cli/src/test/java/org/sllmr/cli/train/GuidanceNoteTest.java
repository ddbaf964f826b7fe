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
import org.sllmr.runs.SplitMetrics;

class GuidanceNoteTest {
    private static RunContents contents(double guided, double... alone) {
        SplitMetrics metrics = RunFixture.metrics(guided, Double.NaN, 0.7, 0.6, 0.5);
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
                plain.metrics(),
                plain.epochs(),
                reference,
                plain.provenance(),
                Optional.empty());
    }

    @Test
    void tellsThatTheBackboneAloneWasBetter() {
        double guided =
                contents(0.7).metrics().validation().value(SampleMetric.AUC).orElseThrow();
        assertThat(GuidanceNote.of(contents(0.7, guided - 0.01, guided + 0.01, guided)))
                .hasValueSatisfying(note -> assertThat(note).contains("Guidance did not help", "guidance.lambda"));
        assertThat(GuidanceNote.of(contents(0.7, guided - 0.01, guided))).isEmpty();
    }

    @Test
    void saysNothingWithoutABackboneAlone() {
        assertThat(GuidanceNote.of(contents(0.7))).isEmpty();
    }
}
