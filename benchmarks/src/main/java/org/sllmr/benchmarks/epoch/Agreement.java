// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;
import java.util.List;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.TimedSteps;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.data.Seed;
import org.sllmr.model.CtrModel;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.guidance.None;

/**
 * Whether both sides compute the same thing: from the same parameters, on the same batches, without dropout, the losses
 * of the first steps must agree, or the times could not be compared.
 *
 * <p>Four steps tell: without the weight decay, for one, the fourth loss differs by 0.01. After more of them sides that
 * differ in nothing but rounding part as well, when an input of a ReLU is 0 but for its last bits.
 *
 * @param steps that were compared
 * @param largestDifference of a step's loss, relative to losses above 1
 * @param parameters of either side
 */
record Agreement(int steps, double largestDifference, long parameters) {
    private static final int STEPS = 4;
    /** A hundred times what rounding does, a hundredth of what another model does. */
    private static final double TOLERANCE = 1e-4;

    /** Compares; stops the benchmark if they differ. */
    static Agreement check(Workload workload, PublishedSettings settings, int batch, Python python)
            throws IOException, InterruptedException {
        int steps = Math.min(STEPS, workload.stepsOfEpoch(batch));
        double[] own = new double[steps];
        long parameters;
        try (CtrModel model =
                CtrModel.create(workload.data(), settings.model(TableUpdates.DENSE, false), new Seed(1))) {
            new TimedSteps(workload, None.defaults(), batch, false, true)
                    .run(model, steps, step -> own[step.step() - 1] = step.objectiveLoss());
            parameters = model.parameters();
        }
        Python.Answer eager = check(own, parameters, python.losses(steps, List.of("--style", "eager")));
        Python.Answer tuned = check(own, parameters, python.losses(steps, List.of("--style", "tuned")));
        return new Agreement(steps, Math.max(largestDifference(own, eager), largestDifference(own, tuned)), parameters);
    }

    private static Python.Answer check(double[] own, long parameters, Python.Answer other) {
        if (other.parameters() != parameters) {
            throw new IllegalStateException(
                    "this side has " + parameters + " parameters, PyTorch's " + other.parameters());
        }
        double difference = largestDifference(own, other);
        if (!(difference <= TOLERANCE)) {
            throw new IllegalStateException("losses differ by up to " + difference + ": the sides train other models");
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
