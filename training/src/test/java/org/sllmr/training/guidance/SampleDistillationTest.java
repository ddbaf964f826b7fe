// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.FiniteDifference;
import org.sllmr.training.World;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.Supervision;

class SampleDistillationTest {
    private static final Resampler NEVER = () -> {
        throw new AssertionError("no resampling is needed");
    };

    private final World world = World.small(3);

    private Instances samples() {
        return world.data().training().instances().slice(0, 200);
    }

    @Test
    void targetsAreThoseOfScoredSamplesAndAddNoRows() {
        Supervision supervision = new SampleDistillation(0.3, 2, false)
                .regularizer(world.data(), world.teacher())
                .select(samples(), new Seed(1));
        assertThat(supervision.size()).isZero();
        int known = 0;
        for (int row = 0; row < 200; row++) {
            int index =
                    world.teacher().indexOf(samples().users()[row], samples().items()[row]);
            float target = supervision.sampleTargets()[row];
            assertThat(Float.isNaN(target)).isEqualTo(index < 0);
            if (index >= 0) {
                double score = Math.min(0.999, Math.max(0.001, world.teacher().scores()[index]));
                double expected = 1 / (1 + Math.pow(score / (1 - score), -0.5));
                assertThat((double) target).isCloseTo(expected, within(1e-6));
                known++;
            }
        }
        assertThat(known).isBetween(10, 199);
    }

    @Test
    void gradientIsTheDerivativeOfTheLossAndTheReportCountsScoredSamples() {
        Regularizer regularizer = SampleDistillation.defaults().regularizer(world.data(), world.teacher());
        Supervision supervision = regularizer.select(samples(), new Seed(1));
        float[] logits = new float[200];
        for (int row = 0; row < logits.length; row++) {
            logits[row] = (float) Math.sin(row);
        }
        float[] gradient = new float[200];
        double loss = regularizer.apply(supervision, logits, gradient, NEVER);
        assertThat(loss).isPositive();
        double[] expected = FiniteDifference.gradient(
                logits, moved -> regularizer.apply(supervision, moved, new float[200], NEVER));
        for (int row = 0; row < 200; row++) {
            assertThat((double) gradient[row]).isCloseTo(expected[row], within(1e-5));
            assertThat(gradient[row] != 0).isEqualTo(!Float.isNaN(supervision.sampleTargets()[row]));
        }
        long known = 0;
        for (float target : supervision.sampleTargets()) {
            known += Float.isNaN(target) ? 0 : 1;
        }
        assertThat(regularizer.report().rowsPerStep()).isCloseTo(known, within(1e-9));
    }

    /** Where b is 0 every target is the base rate; where a teacher knows, targets of positives are higher. */
    @Test
    void calibrationFitsTheLabels() {
        ScoreCalibration fitted = ScoreCalibration.of(world.data().training(), world.teacher(), true);
        double positives = 0;
        double expected = 0;
        double slope = 0;
        Instances rows = world.data().training().instances();
        for (int row = 0; row < rows.size(); row++) {
            int index = world.teacher().indexOf(rows.users()[row], rows.items()[row]);
            if (index >= 0) {
                double score = world.teacher().scores()[index];
                double p = Logistic.sigmoid(fitted.logOdds(score));
                int label = world.data().training().label(row);
                positives += label;
                expected += p;
                slope += (p - label) * ScoreCalibration.logit(score);
            }
        }
        // What a logistic regression is known by; the penalty takes a little.
        assertThat(expected).isCloseTo(positives, within(2.0));
        assertThat(Math.abs(slope)).isLessThan(5.0);
        assertThat(fitted.slope()).isPositive();
    }

    @Test
    void scoresOfOtherItemsAreRefused() {
        int users = world.data().log().users();
        int[] offsets = new int[users + 1];
        Arrays.fill(offsets, 1, users + 1, 1);
        int item = 0;
        Instances rows = world.data().training().instances();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.users()[row] == 0 && rows.items()[row] == item) {
                item++;
                row = -1;
            }
        }
        TeacherTable other = new TeacherTable(offsets, new int[] {item}, new float[] {0.5f});
        assertThatThrownBy(() -> SampleDistillation.defaults().regularizer(world.data(), other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("score samples");
        assertThatThrownBy(() -> new SampleDistillation(-1, 1, true)).hasMessageContaining("lambda");
        assertThatThrownBy(() -> new SampleDistillation(1, 0, true)).hasMessageContaining("temperature");
    }
}
