// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.workload;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Seed;
import org.sllmr.model.TrainableModel;
import org.sllmr.training.PlateauDecay;
import org.sllmr.training.StepProgress;
import org.sllmr.training.Trainer;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.TrainingSettings;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.negatives.StoredNegatives;
import org.sllmr.training.objective.BinaryCrossEntropy;

/**
 * Trains a number of steps with the trainer of every run, and stops it by an interrupt, as a user does.
 *
 * @param workload the training data
 * @param guidance the guidance
 * @param batch samples a step
 * @param shuffle whether samples are visited in random order
 * @param prepareAhead whether a second thread prepares the next batch
 */
public record TimedSteps(Workload workload, Guidance guidance, int batch, boolean shuffle, boolean prepareAhead) {
    private static final int MANY = 100_000;

    /**
     * Trains.
     *
     * @param model the model; the caller closes it
     * @param steps number of steps, over several epochs if necessary
     * @param each receives every step
     * @return progress of the last step, whose rate is that of its epoch from the epoch's start
     */
    public StepProgress run(TrainableModel model, int steps, Consumer<StepProgress> each) {
        TrainingSettings settings = new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                batch,
                MANY,
                MANY,
                PlateauDecay.defaults(),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                shuffle,
                prepareAhead);
        Limit limit = new Limit(steps, each);
        try {
            new Trainer(settings, guidance)
                    .train(model, workload.data(), workload.teacher(), workload.slices(), new Seed(1), limit);
        } catch (InterruptedException stopped) {
            // Interrupted at the limit, or by the user before it.
            if (limit.last == null || limit.done < steps) {
                Thread.currentThread().interrupt();
            }
        }
        if (limit.last == null || limit.done < steps) {
            throw new IllegalStateException("stopped after " + limit.done + " of " + steps + " steps");
        }
        return limit.last;
    }

    private static final class Limit implements TrainingListener {
        private final int steps;
        private final Consumer<StepProgress> each;
        private int done;
        private @Nullable StepProgress last;

        Limit(int steps, Consumer<StepProgress> each) {
            this.steps = steps;
            this.each = each;
        }

        @Override
        public void step(StepProgress progress) {
            if (done == steps) {
                return;
            }
            each.accept(progress);
            last = progress;
            if (++done == steps) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
