// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.TrainableModel;
import org.sllmr.training.guidance.Regularizer;

/** Makes all steps in this process, one after the other. */
final class LocalEpochs implements EpochTraining, AutoCloseable {
    private final TrainingSettings settings;
    private final TrainingData data;
    private final boolean[] heldOut;
    private final InteractionLog heldOutOf;
    private final Seed seed;
    private final Prefetcher<PreparedStep> ahead;
    private final EpochSteps steps;

    /**
     * Steps of a training.
     *
     * @param heldOut users whose last interaction in {@code heldOutOf} is left out: {@code [users]}, or empty for none
     * @param seed of sample order and guidance
     */
    LocalEpochs(
            TrainingSettings settings,
            TrainableModel model,
            TrainingData data,
            Regularizer regularizer,
            boolean[] heldOut,
            InteractionLog heldOutOf,
            Seed seed,
            TrainingListener listener) {
        this.settings = settings;
        this.data = data;
        this.heldOut = heldOut;
        this.heldOutOf = heldOutOf;
        this.seed = seed;
        this.ahead = new Prefetcher<>(settings.prepareAhead());
        this.steps = new EpochSteps(model, data.log(), settings.objective(), regularizer, ahead, listener);
    }

    @Override
    public EpochLoss train(int epoch) throws InterruptedException {
        Samples samples = HeldOutFilter.apply(
                heldOut,
                heldOutOf,
                settings.negatives().samples(data, seed.child("negatives").child(epoch)));
        SampleOrder order = new SampleOrder(samples, settings);
        if (settings.shuffle()) {
            order.shuffle(seed.child("order").child(epoch));
        }
        long start = System.nanoTime();
        StepLosses losses = steps.run(
                epoch,
                samples,
                order,
                0,
                order.batches(),
                seed.child("guidance").child(epoch));
        return EpochLoss.of(List.of(losses), EpochSteps.secondsSince(start));
    }

    @Override
    public void close() {
        ahead.close();
    }
}
