// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.StepChange;
import org.sllmr.model.TrainableModel;
import org.sllmr.training.guidance.None;

/**
 * A worker's steps in a training that several workers make together, without guidance: each trains a model of its own on
 * its share of the users, and what they changed, taken together, becomes everyone's model before the next steps.
 *
 * <p>A batch is that of all workers: each has a part of it, so that an epoch has as many steps as on one machine, and a few
 * more where shares differ in size: as many as the largest share has parts. The others divide their samples evenly over
 * these. So every sample is trained on once, and a single worker makes the steps of a training on one machine, with its
 * bits.
 */
public final class ShareTraining {
    private final TrainingSettings settings;
    private final TrainableModel model;
    private final TrainingData data;
    private final Seed seed;
    private final Seed modelSeed;
    private final EpochSteps steps;
    private @Nullable Epoch prepared;

    /**
     * A worker.
     *
     * @param model that of the worker alone; it may make the steps of one share after those of another
     * @param data the same for all workers
     * @param seed of negatives and sample order, the same for all workers
     * @param modelSeed that the model was made with, the same for all workers
     */
    public ShareTraining(
            TrainingSettings settings, TrainableModel model, TrainingData data, Seed seed, Seed modelSeed) {
        this.settings = settings;
        this.model = model;
        this.data = data;
        this.seed = seed;
        this.modelSeed = modelSeed;
        this.steps = new EpochSteps(
                model,
                data.log(),
                settings.objective(),
                None.defaults().regularizer(data, null),
                new Prefetcher<>(false),
                TrainingListener.SILENT);
    }

    /**
     * What steps gave.
     *
     * @param change what they changed
     * @param losses their losses
     * @param stepsOfEpoch number of steps of the whole epoch
     */
    public record Round(StepChange change, StepLosses losses, int stepsOfEpoch) {}

    /** A share's order in an epoch. */
    private record Epoch(int number, Share share, Samples samples, SampleOrder order) {}

    /**
     * Makes steps of an epoch, at the model's learning rate; fewer if the epoch ends before.
     *
     * @param epoch from 1
     * @param from number of the epoch's steps that were made before
     * @param most number of steps to make
     * @throws InvalidInputException if the share has fewer samples than the epoch has steps
     * @throws TrainingDivergedException if a loss is not finite
     * @throws InterruptedException if the thread was interrupted; the model is then of no use until it is given a state
     */
    public Round train(Share share, int epoch, int from, int most) throws InterruptedException {
        if (prepared == null || prepared.number != epoch || !prepared.share.equals(share)) {
            prepared = prepare(share, epoch);
        }
        model.draw(of(share, modelSeed));
        model.places(share.of());
        int batches = prepared.order.batches();
        int to = (int) Math.min(batches, (long) from + most);
        Seed guidance = seed.child("guidance").child(epoch);
        StepLosses losses = steps.run(epoch, prepared.samples, prepared.order, from, to, guidance);
        return new Round(model.changes(), losses, batches);
    }

    private Epoch prepare(Share share, int epoch) {
        Samples all = settings.negatives().samples(data, seed.child("negatives").child(epoch));
        Samples samples = share.select(all);
        SampleOrder order = new SampleOrder(samples, settings);
        order.cut(share.largest(all), share.of());
        if (settings.shuffle()) {
            order.shuffle(of(share, seed).child("order").child(epoch));
        }
        return new Epoch(epoch, share, samples, order);
    }

    /** Shares draw differently; the first one as a training on one machine. */
    private static Seed of(Share share, Seed common) {
        return share.index() == 0 ? common : common.child("share").child(share.index());
    }
}
