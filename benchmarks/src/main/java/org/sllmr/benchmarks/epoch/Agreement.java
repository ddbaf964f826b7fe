// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;
import java.util.List;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.data.Seed;
import org.sllmr.model.Model;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.guidance.None;

/**
 * Checks that both implementations compute the same: from the same parameters, on the same batches and without dropout,
 * the losses of the first steps must agree; otherwise their times are not comparable.
 *
 * <p>Four steps are enough: without weight decay, for example, the fourth loss differs by 0.01. After more steps,
 * implementations that differ only in rounding diverge too, when the input of a ReLU is close to 0.
 *
 * @param steps number of steps compared
 * @param largestDifference largest difference of a step's loss, relative for losses above 1
 * @param parameters number of parameters of each implementation
 */
record Agreement(int steps, double largestDifference, long parameters) {
    private static final int STEPS = 4;
    /** A hundred times the effect of rounding, a hundredth of the effect of another model. */
    private static final double TOLERANCE = 1e-4;

    /** Compares the losses; fails if they differ. */
    static Agreement check(Workload workload, PublishedSettings settings, int batch, Python python)
            throws IOException, InterruptedException {
        int steps = Math.min(STEPS, workload.stepsOfEpoch(batch));
        double[] own = new double[steps];
        long parameters;
        Model model = settings.model(TableUpdates.DENSE, false).create(workload.data(), new Seed(1));
        new TimedSteps(workload, None.defaults(), batch, false, true)
                .run(model, steps, step -> own[step.step() - 1] = step.objectiveLoss());
        parameters = model.parameters();

        Python.Answer eager = check(own, parameters, python.losses(steps, List.of("--style", "eager")));
        Python.Answer tuned = check(own, parameters, python.losses(steps, List.of("--style", "tuned")));
        return new Agreement(steps, Math.max(largestDifference(own, eager), largestDifference(own, tuned)), parameters);
    }

    private static Python.Answer check(double[] own, long parameters, Python.Answer other) {
        if (other.parameters() != parameters) {
            throw new IllegalStateException(
                    "sllmr's model has " + parameters + " parameters, PyTorch's " + other.parameters());
        }
        double difference = largestDifference(own, other);
        if (!(difference <= TOLERANCE)) {
            throw new IllegalStateException("losses differ by up to " + difference + ": the models are not the same");
        }
        return other;
    }

    private static double largestDifference(double[] own, Python.Answer answer) {
        double[] other = answer.losses().orElseThrow();
        if (other.length != own.length) {
            throw new IllegalStateException(other.length + " losses instead of " + own.length);
        }
        double largest = 0;
        for (int step = 0; step < own.length; step++) {
            largest = Math.max(largest, Math.abs(own[step] - other[step]) / Math.max(1, Math.abs(own[step])));
        }
        return largest;
    }
}
