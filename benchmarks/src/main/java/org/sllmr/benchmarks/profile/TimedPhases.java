// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.benchmarks.workload.Workload;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.runs.ModelInputs;

/**
 * Training steps of a backbone, timed part by part.
 *
 * @param step after the last step
 * @param distinctRows distinct embedding rows of a step, on average
 * @param steps number of timed steps
 */
record TimedPhases(PhasedStep step, double distinctRows, int steps) {
    /**
     * Makes steps on samples that are drawn with replacement, which is enough for timing.
     *
     * @param assignments settings of the model
     * @param batch samples a step
     * @param warmUp steps before those that are timed
     */
    static TimedPhases of(
            PublishedSettings backbone,
            TableUpdates updates,
            List<String> assignments,
            Workload workload,
            int batch,
            int warmUp,
            int steps) {
        ModelSettings settings = backbone.model(updates, true, assignments);
        FeatureSchema schema = settings.fields(ModelInputs.of(workload.data(), settings, Optional.empty()));
        PhasedStep model = new PhasedStep(schema, settings, new Seed(1));
        long distinct = 0;
        for (int step = 0; step < warmUp + steps; step++) {
            if (step == warmUp) {
                model.reset();
                distinct = 0;
            }
            step(model, workload, batch, new Seed(1).child(step).generator());
            distinct += model.distinctRows();
        }
        return new TimedPhases(model, distinct / (double) steps, steps);
    }

    private static void step(PhasedStep model, Workload workload, int batch, RandomGenerator random) {
        Samples training = workload.data().training();
        int[] users = new int[batch];
        int[] items = new int[batch];
        int[] positions = new int[batch];
        float[] labels = new float[batch];
        for (int i = 0; i < batch; i++) {
            int row = random.nextInt(training.size());
            users[i] = training.instances().users()[row];
            items[i] = training.instances().items()[row];
            positions[i] = training.instances().positions()[row];
            labels[i] = training.label(row);
        }
        model.step(workload.data().log(), new Instances(users, items, positions), labels, training.groupSize());
    }

    /** Processor time of a phase in a step. */
    double milliseconds(Phase phase) {
        return step.nanoseconds(phase) / 1e6 / steps;
    }

    /** Processor time of a step. */
    double milliseconds() {
        double sum = 0;
        for (Phase phase : Phase.values()) {
            sum += milliseconds(phase);
        }
        return sum;
    }
}
