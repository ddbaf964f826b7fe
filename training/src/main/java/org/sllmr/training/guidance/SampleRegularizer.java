// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Arrays;
import java.util.Optional;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.Supervision;

/** Cross entropy of a step's samples against the teacher's probabilities, where it has any; adds no rows. */
final class SampleRegularizer implements Regularizer {
    private final TeacherTable teacher;
    private final ScoreCalibration calibration;
    private final double lambda;
    private final double temperature;
    private final RowCount scored = new RowCount();

    SampleRegularizer(TeacherTable teacher, ScoreCalibration calibration, double lambda, double temperature) {
        this.teacher = teacher;
        this.calibration = calibration;
        this.lambda = lambda;
        this.temperature = temperature;
    }

    @Override
    public Supervision select(Instances samples, Seed step) {
        float[] targets = new float[samples.size()];
        Arrays.fill(targets, Float.NaN);
        for (int row = 0; row < targets.length; row++) {
            int index = teacher.indexOf(samples.users()[row], samples.items()[row]);
            if (index >= 0) {
                targets[row] = (float) Logistic.sigmoid(calibration.logOdds(teacher.scores()[index]) / temperature);
            }
        }
        return Supervision.ofSamples(targets);
    }

    @Override
    public double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler) {
        float[] targets = supervision.sampleTargets();
        double scale = lambda / Math.max(1, targets.length);
        double loss = 0;
        int known = 0;
        for (int row = 0; row < targets.length; row++) {
            if (!Float.isNaN(targets[row])) {
                known++;
                loss += scale * Logistic.crossEntropy(logits[row], targets[row]);
                gradient[row] += (float) (scale * (Logistic.sigmoid(logits[row]) - targets[row]));
            }
        }
        scored.step(known);
        return loss;
    }

    /** The rows of a step are the samples that the teacher has scored: of a batch's size, the coverage. */
    @Override
    public GuidanceReport report() {
        return new GuidanceReport(scored.perStep(), Optional.empty(), Optional.empty());
    }
}
