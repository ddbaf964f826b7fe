// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.Reason;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Metrics;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.Slices;
import org.sllmr.model.TrainableModel;
import org.sllmr.training.TrainedRun.StopReason;
import org.sllmr.training.guidance.Regularizer;
import org.sllmr.training.signal.EpochStart;

/** Trains and validates epoch by epoch, until patience or the epochs run out; resumes from a checkpoint's snapshot. */
final class TrainingLoop {
    private final TrainingSettings settings;
    private final TrainableModel model;
    private final TrainingData data;
    private final Slices slices;
    /** Learning rate of each epoch, if it is known before. */
    private @Nullable List<Double> rates;

    private boolean validated = true;
    private InteractionLog heldOutOf;

    TrainingLoop(TrainingSettings settings, TrainableModel model, TrainingData data, Slices slices) {
        this.settings = settings;
        this.model = model;
        this.data = data;
        this.slices = slices;
        this.heldOutOf = data.log();
    }

    /**
     * Sets a course, instead of validation.
     *
     * @param epochRates learning rate of each epoch; null: validation decides on rates and epochs
     * @param log the log whose last interactions of held-out users are left out
     */
    TrainingLoop along(@Nullable List<Double> epochRates, InteractionLog log) {
        if (epochRates != null) {
            rates = epochRates;
            validated = false;
        }
        heldOutOf = log;
        return this;
    }

    /**
     * Sets the learning rate of each epoch, and so their number; validation decides which epoch is kept.
     *
     * @param epochRates at least one
     */
    TrainingLoop paced(List<Double> epochRates) {
        rates = epochRates;
        return this;
    }

    /**
     * Trains the model and leaves the best epoch's weights in it.
     *
     * @param regularizer used by this training only
     * @param heldOut users whose last training interaction is left out: {@code [users]}, or empty for none
     * @param seed of sample order and guidance
     * @param checkpoint where to resume from and save to; null for neither
     */
    TrainedRun run(
            Regularizer regularizer,
            boolean[] heldOut,
            Seed seed,
            TrainingListener listener,
            @Nullable Checkpoint checkpoint)
            throws InterruptedException {
        try (LocalEpochs here =
                new LocalEpochs(settings, model, data, regularizer, heldOut, heldOutOf, seed, listener)) {
            return run(here, regularizer, heldOut, seed, listener, checkpoint);
        }
    }

    /** As above; the steps are made by {@code training}. */
    TrainedRun run(
            EpochTraining training,
            Regularizer regularizer,
            boolean[] heldOut,
            Seed seed,
            TrainingListener listener,
            @Nullable Checkpoint checkpoint)
            throws InterruptedException {
        EarlyStopping stopping = new EarlyStopping(settings.patience());
        List<EpochRecord> epochs = new ArrayList<>();
        model.know(HeldOutFilter.known(heldOut, heldOutOf, data.training().labelled()));
        if (checkpoint != null) {
            resume(checkpoint, regularizer, stopping, epochs, listener);
        }
        for (int epoch = epochs.size() + 1; epoch <= mostEpochs() && !endsEarly(stopping); epoch++) {
            if (rates != null) {
                model.learningRate(rates.get(epoch - 1));
            }
            regularizer.beforeEpoch(new EpochStart(
                    epoch,
                    model,
                    new OptimizerLookahead(model, data.log()),
                    seed.child("gate").child(epoch)));
            double rate = model.learningRate();
            EpochLoss loss = training.train(epoch);
            long start = System.nanoTime();
            Metrics validation = validated ? validate(epoch) : Metrics.none();
            boolean best = stopping.isBest(epoch, value(epoch, validation), model);
            if (checkpoint != null) {
                Divergence.checkWeights(epoch, stopping.newWeights(), rate);
            }
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
            if (next != rate && rates == null) {
                model.learningRate(next);
            }
            if (checkpoint != null) {
                save(checkpoint, regularizer, stopping, epochs);
            }
        }
        StopReason reason = endsEarly(stopping) ? StopReason.PATIENCE : StopReason.MAX_EPOCHS;
        int best = stopping.restoreBest(model);
        Metrics validation = best == 0 ? Metrics.none() : epochs.get(best - 1).validation();
        return new TrainedRun(epochs, best, reason, validation, Optional.empty());
    }

    private void resume(
            Checkpoint checkpoint,
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
            throw new InvalidInputException(Reason.file(e).orElse("checkpoint"), "cannot be read: " + Reason.of(e));
        }
        found.ifPresent(snapshot -> {
            model.restore(snapshot.model());
            regularizer.restore(snapshot.guidance());
            stopping.resume(snapshot, model, epoch -> value(epoch.epoch(), epoch.validation()));
            epochs.addAll(snapshot.epochs());
            listener.resumed(List.copyOf(epochs));
        });
    }

    private void save(Checkpoint checkpoint, Regularizer regularizer, EarlyStopping stopping, List<EpochRecord> epochs)
            throws InterruptedException {
        try {
            checkpoint.save(new Snapshot(model.state(), stopping.otherWeights(), regularizer.state(), epochs));
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException("training was stopped after epoch " + epochs.size());
        } catch (IOException e) {
            throw new InvalidInputException(
                    Reason.file(e).orElse("checkpoint"),
                    "cannot be written: " + Reason.of(e)
                            + "; free some space or choose another folder; what was saved before is kept");
        }
    }

    private int mostEpochs() {
        return rates == null ? settings.maxEpochs() : rates.size();
    }

    private boolean endsEarly(EarlyStopping stopping) {
        return rates == null && stopping.outOfPatience();
    }

    /** What the best epoch has most of: the watched metric, or along a course its number, since the last one is kept. */
    private double value(int epoch, Metrics validation) {
        return validated ? watched(validation) : epoch;
    }

    /** The watched metric, negative if less of it is better. */
    double watched(Metrics validation) {
        SampleMetric metric = settings.watched();
        double value = validation
                .get(metric)
                .value()
                .orElseThrow(() -> new InvalidInputException(
                        "dataset '" + data.name() + "'",
                        metric == SampleMetric.AUC
                                ? "has validation samples of one class only, so the validation AUC that early stopping"
                                        + " needs is undefined; prepare it with at least one negative for each positive"
                                : "has no validation samples of which " + metric.key() + " is defined, which"
                                        + " training.watch says to watch; watch another metric, such as auc"));
        return metric.higherIsBetter() ? value : -value;
    }

    /**
     * Validates the model as it is, knowing what this training will know.
     *
     * @param heldOut users whose last training interaction is left out: {@code [users]}, or empty for none
     */
    Metrics validateBefore(boolean[] heldOut) {
        model.know(HeldOutFilter.known(heldOut, heldOutOf, data.training().labelled()));
        return validate(0);
    }

    private Metrics validate(int epoch) {
        Samples validation = data.validation().samples();
        float[] logits = model.score(data.validation().log(), validation.instances());
        Divergence.checkScores(epoch, logits, model.learningRate());
        return Evaluation.evaluate(logits, validation, slices);
    }
}
