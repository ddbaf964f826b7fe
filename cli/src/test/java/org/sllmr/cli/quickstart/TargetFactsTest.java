// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sllmr.cli.quickstart.QuickstartReport.MethodRun;
import org.sllmr.report.Block.Fact;
import org.sllmr.runs.EpochResult;
import org.sllmr.runs.GuidanceEpoch;
import org.sllmr.runs.RunContents;
import org.sllmr.runs.RunFixture;
import org.sllmr.runs.RunFolder;

class TargetFactsTest {
    @Test
    void convertsWeightsToOddsRatios() {
        List<Fact> facts = TargetFacts.of(List.of(
                run(1, Map.of("model", Math.log(2), "popularity", 0.0, "popularity square", 0.0)),
                run(
                        2,
                        Map.of(
                                "model",
                                Math.log(3),
                                "popularity",
                                Math.log(4) / Math.log(11),
                                "popularity square",
                                0.0,
                                "teacher",
                                0.0,
                                "teacher square",
                                Math.log(5) / (0.81 - 0.36)))));
        assertThat(facts)
                .containsExactly(
                        new Fact("Backbone's logit higher by 1", "odds times 2.00 to 3.00"),
                        new Fact("Seen 10 times instead of never", "odds times 1.00 to 4.00"),
                        new Fact("Teacher's score 0.9 instead of 0.6", "odds times 1.00 to 5.00"));
    }

    @Test
    void isEmptyForAGate() {
        assertThat(TargetFacts.of(List.of(run(1, Map.of("cold", 1.0, "bias", 0.5)))))
                .isEmpty();
        assertThat(TargetFacts.of(List.of())).isEmpty();
    }

    private static MethodRun run(long seed, Map<String, Double> weights) {
        RunContents made = RunFixture.contents(
                "a: b\n", "demo", seed, RunFixture.metrics(0.7853, 0.8, 0.71, 0.64, 0.5512), 2, true);
        List<EpochResult> epochs = made.epochs().stream()
                .map(epoch -> new EpochResult(
                        epoch.epoch(),
                        epoch.objectiveLoss(),
                        epoch.guidanceLoss(),
                        epoch.learningRate(),
                        epoch.validation(),
                        Optional.of(
                                new GuidanceEpoch(epoch.epoch(), weights, Map.of(), 0.4, 0.3, 61.5, Optional.empty())),
                        epoch.seconds(),
                        epoch.samplesPerSecond()))
                .toList();
        return new MethodRun(
                "S-LLMR",
                new RunFolder(
                        Path.of("run"),
                        new RunContents(made.configuration(), made.metrics(), epochs, made.provenance())));
    }
}
