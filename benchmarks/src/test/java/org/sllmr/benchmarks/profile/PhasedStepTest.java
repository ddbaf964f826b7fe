// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.benchmarks.SmallDataset;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.guidance.None;

class PhasedStepTest {
    private static final int BATCH = 64;
    private static final int STEPS = 8;

    @TempDir
    private Path folder;

    /** The timed steps are those of the real model. */
    @ParameterizedTest
    @CsvSource({"dcnv2,DENSE", "dcnv2,SPARSE", "xdeepfm,DENSE", "din,DENSE"})
    void lossesHaveTheBitsOfTheProduct(String backbone, TableUpdates updates) throws IOException {
        TrainingData data = SmallDataset.in(folder).trainingData();
        ModelSettings settings = new PublishedSettings(backbone).model(updates, true);
        double[] expected = new double[STEPS];
        Model model = settings.create(data, new Seed(1));
        new TimedSteps(Workload.random(data), None.defaults(), BATCH, false, true)
                .run(model, STEPS, step -> expected[step.step() - 1] = step.objectiveLoss());
        double[] losses = new double[STEPS];
        PhasedStep phased = new PhasedStep(model.schema(), settings, new Seed(1));
        for (int step = 0; step < STEPS; step++) {
            losses[step] = step(phased, data, step);
        }
        assertThat(losses).containsExactly(expected);
    }

    private static double step(PhasedStep phased, TrainingData data, int step) {
        Instances samples = data.training().instances().slice(step * BATCH, (step + 1) * BATCH);
        float[] labels = new float[BATCH];
        for (int i = 0; i < BATCH; i++) {
            labels[i] = data.training().label(step * BATCH + i);
        }
        return phased.step(data.log(), samples, labels, data.training().groupSize());
    }

    @Test
    void everyPhaseTakesTimeUntilTheClocksAreReset() throws IOException {
        TrainingData data = SmallDataset.in(folder).trainingData();
        ModelSettings settings = new PublishedSettings("dcnv2").model(TableUpdates.DENSE, true);
        Model model = settings.create(data, new Seed(1));
        PhasedStep phased = new PhasedStep(model.schema(), settings, new Seed(1));
        step(phased, data, 0);
        assertThat(Arrays.stream(Phase.values()).map(phased::nanoseconds)).allMatch(time -> time > 0);
        phased.reset();
        assertThat(Arrays.stream(Phase.values()).map(phased::nanoseconds)).containsOnly(0L);
    }
}
