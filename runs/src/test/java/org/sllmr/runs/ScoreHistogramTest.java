// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;

class ScoreHistogramTest {
    private static final Samples SAMPLES =
            new Samples(new Instances(new int[6], new int[] {0, 1, 2, 3, 4, 5}, new int[6]), 1);

    @TempDir
    Path folder;

    @Test
    void countsPositivesAndNegativesSeparately() {
        float[] logits = {100, -100, 0, Float.NEGATIVE_INFINITY, 3, 100};
        ScoreHistogram scores = ScoreHistogram.of(logits, SAMPLES);
        assertThat(scores.positives().get(24)).as("certain").isEqualTo(1);
        assertThat(scores.positives().get(12)).as("in the middle").isEqualTo(1);
        assertThat(scores.positives().get(23)).as("1 / (1 + e^-3) = 0.953").isEqualTo(1);
        assertThat(scores.negatives().get(0)).isEqualTo(2);
        assertThat(scores.negatives().get(24)).isEqualTo(1);
        assertThat(scores.plus(scores).negatives().get(0)).isEqualTo(4);
    }

    @Test
    void isStoredInTheRunFolderLikeTheReferenceEpochs() {
        SplitMetrics test = RunFixture.metrics(0.7853, 0.8, 0.71, 0.64, 0.5512);
        RunContents without = RunFixture.contents("a: b\n", "demo", 1, test, 3, false);
        RunContents with = new RunContents(
                without.configuration(),
                without.metrics(),
                without.epochs(),
                without.epochs().subList(0, 2),
                without.provenance(),
                Optional.of(ScoreHistogram.of(new float[6], SAMPLES)));
        ModelWriter model = file -> Files.writeString(file, "weights");
        RunFolder.write(folder.resolve("with"), with, model);
        RunFolder.write(folder.resolve("without"), without, model);
        assertThat(RunFolder.open(folder.resolve("with")).contents()).isEqualTo(with);
        assertThat(RunFolder.open(folder.resolve("without")).contents()).isEqualTo(without);
    }
}
