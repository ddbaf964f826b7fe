// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.Reason;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Metrics;
import org.sllmr.evaluation.Slices;
import org.sllmr.model.TrainableModel;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.TrainedRun.StopReason;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.Regularizer;
import org.sllmr.training.signal.EpochStart;

/**
 * Trains a model on samples, with guidance: the paper's Algorithm 1, with early stopping on validation AUC.
 *
 * <p>It takes {@link TrainingData} alone, from which no test interaction can be reached.
 */
public final class Trainer {
    private final TrainingSettings settings;
    private final Guidance guidance;

    /** A trainer with these settings; it keeps nothing from one training to the next. */
    public Trainer(TrainingSettings settings, Guidance guidance) {
        this.settings = settings;
        this.guidance = guidance;
    }

    /**
     * Trains until validation AUC no longer rises, and leaves the best epoch's weights in the model.
     *
     * <p>The same model, data, teacher and seed give the same bits, prepared ahead or not. An interrupt stops training
     * between two steps; the model then holds the weights of the last step.
     *
     * @param model at its start; used by this call alone until it returns
     * @param data what is trained and validated on
     * @param teacher the teacher's scores; null where the guidance needs none
     * @param slices the slices of the validation metrics
     * @param seed of the orders of samples and of the guidance's draws; the model has its own
     * @param listener told of each step and epoch
     * @throws InvalidInputException if there are no samples, or the teacher does not fit the data
     * @throws TrainingDivergedException if a loss or a validation score is not finite
     * @throws InterruptedException if the thread was interrupted
     */
    public TrainedRun train(
            TrainableModel model,
            TrainingData data,
            @Nullable TeacherTable teacher,
            Slices slices,
            Seed seed,
            TrainingListener listener)
            throws InterruptedException {
        return train(model, data, teacher, slices, seed, listener, null);
    }

    /**
     * As {@link #train(TrainableModel, TrainingData, TeacherTable, Slices, Seed, TrainingListener)}, going on after the
     * checkpoint's snapshot if it has one, and saving one after each epoch.
     *
     * <p>A training that goes on gives the same bits as one that was never stopped; one that ended at its last epoch goes
     * on if that is later now.
     *
     * @throws InvalidInputException also if a snapshot cannot be read or written
     */
    public TrainedRun train(
            TrainableModel model,
            TrainingData data,
            @Nullable TeacherTable teacher,
            Slices slices,
            Seed seed,
            TrainingListener listener,
            @Nullable Checkpoint checkpoint)
            throws InterruptedException {
        requireRows(data, data.training(), "training");
        requireRows(data, data.validation(), "validation");
        Regularizer regularizer = settings.schedule().of(guidance.regularizer(data, teacher));
        EarlyStopping stopping = new EarlyStopping(settings.patience());
        List<EpochRecord> epochs = new ArrayList<>();
        if (checkpoint != null) {
            resume(checkpoint, model, regularizer, stopping, epochs, listener);
        }
        try (Ahead<PreparedStep> ahead = new Ahead<>(settings.prepareAhead())) {
            EpochSteps steps = new EpochSteps(model, data.log(), settings.objective(), regularizer, ahead, listener);
            for (int epoch = epochs.size() + 1; epoch <= settings.maxEpochs() && !stopping.outOfPatience(); epoch++) {
                regularizer.beforeEpoch(new EpochStart(
                        epoch,
                        model,
                        new StepAhead(model, data.log()),
                        seed.child("gate").child(epoch)));
                Samples samples = HeldOut.without(
                        regularizer.heldOut(),
                        data.log(),
                        settings.negatives()
                                .samples(data, seed.child("negatives").child(epoch)));
                SampleOrder order = new SampleOrder(samples, settings);
                if (settings.shuffle()) {
                    order.shuffle(seed.child("order").child(epoch));
                }
                double rate = model.learningRate();
                EpochSteps.EpochLoss loss =
                        steps.run(epoch, samples, order, seed.child("guidance").child(epoch));
                long start = System.nanoTime();
                Metrics validation = validate(model, data, slices, epoch);
                boolean best = stopping.isBest(epoch, validation.auc().value().orElseThrow(), model);
                EpochRecord record = new EpochRecord(
                        epoch,
                        loss.objective(),
                        loss.guidance(),
                        rate,
                        validation,
                        regularizer.report(),
                        best,
                        loss.seconds(),
                        EpochSteps.secondsSince(start),
                        loss.samples() / loss.seconds());
                epochs.add(record);
                listener.epoch(record);
                double next = settings.decay().next(rate, stopping.epochsSinceBest());
                if (next != rate) {
                    model.learningRate(next);
                }
                if (checkpoint != null) {
                    save(checkpoint, model, regularizer, stopping, epochs);
                }
            }
        }
        StopReason reason = stopping.outOfPatience() ? StopReason.PATIENCE : StopReason.MAX_EPOCHS;
        return new TrainedRun(epochs, stopping.restoreBest(model), reason);
    }

    private static void resume(
            Checkpoint checkpoint,
            TrainableModel model,
            Regularizer regularizer,
            EarlyStopping stopping,
            List<EpochRecord> epochs,
            TrainingListener listener)
            throws InterruptedException {
        Optional<Snapshot> found;
        try {
            found = checkpoint.load();
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException("training was stopped before the first epoch");
        } catch (IOException e) {
            throw new InvalidInputException("checkpoint", "cannot be read: " + Reason.of(e));
        }
        found.ifPresent(snapshot -> {
            model.restore(snapshot.model());
            regularizer.restore(snapshot.guidance());
            stopping.resume(snapshot, model);
            epochs.addAll(snapshot.epochs());
            listener.resumed(List.copyOf(epochs));
        });
    }

    private static void save(
            Checkpoint checkpoint,
            TrainableModel model,
            Regularizer regularizer,
            EarlyStopping stopping,
            List<EpochRecord> epochs)
            throws InterruptedException {
        try {
            checkpoint.save(new Snapshot(model.state(), stopping.otherWeights(), regularizer.state(), epochs));
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException("training was stopped after epoch " + epochs.size());
        } catch (IOException e) {
            throw new InvalidInputException(
                    "checkpoint", "cannot be written: " + Reason.of(e) + "; free some space or choose another folder");
        }
    }

    private static void requireRows(TrainingData data, Samples samples, String kind) {
        if (samples.size() == 0) {
            throw new InvalidInputException(
                    "dataset '" + data.name() + "'",
                    "has no " + kind + " samples; users need at least 4 interactions to give any");
        }
    }

    private static Metrics validate(TrainableModel model, TrainingData data, Slices slices, int epoch) {
        Samples validation = data.validation();
        float[] logits = model.score(data.log(), validation.instances());
        int undefined = 0;
        for (float logit : logits) {
            undefined += Float.isFinite(logit) ? 0 : 1;
        }
        if (undefined > 0) {
            throw new TrainingDivergedException("Training diverged: after epoch " + epoch + " the model scores "
                    + undefined + " of " + logits.length
                    + " validation samples as infinite or NaN. Lower the learning rate.");
        }
        return Evaluation.evaluate(logits, validation, slices);
    }
}
