// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.model.TrainableModel;
import org.sllmr.training.guidance.Regularizer;
import org.sllmr.training.objective.Objective;

/** The steps of an epoch: the next batch is prepared while the current one is trained on. */
final class EpochSteps {
    private final TrainableModel model;
    private final Objective objective;
    private final Regularizer regularizer;
    private final StepPreparation preparation;
    private final Prefetcher<PreparedStep> ahead;
    private final TrainingListener listener;

    EpochSteps(
            TrainableModel model,
            InteractionLog log,
            Objective objective,
            Regularizer regularizer,
            Prefetcher<PreparedStep> ahead,
            TrainingListener listener) {
        this.model = model;
        this.objective = objective;
        this.regularizer = regularizer;
        this.preparation = new StepPreparation(model, log, regularizer);
        this.ahead = ahead;
        this.listener = listener;
    }

    /**
     * Trains on every sample once.
     *
     * @param training the epoch's samples
     * @param order the epoch's order; not touched by others until this returns
     * @param seed the epoch's own
     */
    EpochLoss run(int epoch, Samples training, SampleOrder order, Seed seed) throws InterruptedException {
        long start = System.nanoTime();
        int steps = order.batches();
        long samples = 0;
        double objectiveSum = 0;
        double guidanceSum = 0;
        int groupSize = training.groupSize();
        prepare(training, order, 0, seed);
        for (int step = 0; step < steps; step++) {
            PreparedStep prepared = ahead.take();
            if (Thread.interrupted()) {
                throw new InterruptedException("training was stopped in epoch " + epoch + ", step " + (step + 1));
            }
            if (step + 1 < steps) {
                prepare(training, order, step + 1, seed);
            }
            float[] gradient = new float[prepared.rows()];
            float[] logits = model.forward(prepared.batch());
            double objectiveLoss = objective.evaluate(logits, prepared.labels(), groupSize, gradient);
            double guidanceLoss =
                    regularizer.apply(prepared.supervision(), logits, gradient, () -> model.resample(prepared.batch()));
            Divergence.check(epoch, step + 1, steps, objectiveLoss, guidanceLoss, model.learningRate());
            model.backward(prepared.batch(), gradient);
            samples += prepared.labels().length;
            objectiveSum += objectiveLoss * prepared.labels().length;
            guidanceSum += guidanceLoss;
            listener.step(new StepProgress(
                    epoch, step + 1, steps, objectiveLoss, guidanceLoss, samples / secondsSince(start)));
        }
        return new EpochLoss(objectiveSum / samples, guidanceSum / steps, samples, secondsSince(start));
    }

    private void prepare(Samples training, SampleOrder order, int step, Seed seed) {
        ahead.start(() -> preparation.prepare(training, order.batch(step), seed.child(step)));
    }

    static double secondsSince(long start) {
        return Math.max(1, System.nanoTime() - start) / 1e9;
    }

    /**
     * Means of an epoch.
     *
     * @param objective mean over samples
     * @param guidance mean over steps
     */
    record EpochLoss(double objective, double guidance, long samples, double seconds) {}
}
