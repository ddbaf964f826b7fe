// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.model.TrainableModel;
import org.sllmr.training.guidance.Regularizer;
import org.sllmr.training.objective.Objective;

/** The steps of epochs: the next batch is prepared while the current one is trained on. */
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
     * Makes some steps of an epoch, one after the other.
     *
     * @param training the epoch's samples
     * @param order the epoch's order; not touched by others until this returns
     * @param from index of the first step
     * @param to index after the last step
     * @param seed the epoch's own
     */
    StepLosses run(int epoch, Samples training, SampleOrder order, int from, int to, Seed seed)
            throws InterruptedException {
        long start = System.nanoTime();
        int steps = order.batches();
        double[] objectiveLosses = new double[to - from];
        double[] guidanceLosses = new double[to - from];
        int[] sizes = new int[to - from];
        long samples = 0;
        int groupSize = training.groupSize();
        if (from < to) {
            prepare(training, order, from, seed);
        }
        for (int step = from; step < to; step++) {
            PreparedStep prepared = ahead.take();
            if (Thread.interrupted()) {
                throw new InterruptedException("training was stopped in epoch " + epoch + ", step " + (step + 1));
            }
            if (step + 1 < to) {
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
            objectiveLosses[step - from] = objectiveLoss;
            guidanceLosses[step - from] = guidanceLoss;
            sizes[step - from] = prepared.labels().length;
            listener.step(new StepProgress(
                    epoch, step + 1, steps, objectiveLoss, guidanceLoss, samples / secondsSince(start)));
        }
        return new StepLosses(objectiveLosses, guidanceLosses, sizes);
    }

    private void prepare(Samples training, SampleOrder order, int step, Seed seed) {
        ahead.start(() -> preparation.prepare(training, order.batch(step), seed.child(step)));
    }

    static double secondsSince(long start) {
        return Math.max(1, System.nanoTime() - start) / 1e9;
    }
}
