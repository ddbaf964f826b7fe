// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Metrics;
import org.sllmr.evaluation.Slices;
import org.sllmr.model.TrainableModel;
import org.sllmr.model.TrainableModel.Weights;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.None;
import org.sllmr.training.guidance.Reference;
import org.sllmr.training.guidance.Regularizer;

/**
 * Trains a model on samples, with guidance: the paper's Algorithm 1, with early stopping on validation AUC.
 *
 * <p>It takes {@link TrainingData} only, which gives no access to test interactions.
 */
public final class Trainer {
    /** Guided epochs that are allowed even where the backbone alone takes fewer, as it does on small data. */
    private static final int FEW_EPOCHS = 8;

    private final TrainingSettings settings;
    private final Guidance guidance;

    /** A trainer with these settings; it keeps no state between trainings. */
    public Trainer(TrainingSettings settings, Guidance guidance) {
        this.settings = settings;
        this.guidance = guidance;
    }

    /**
     * Trains until validation AUC no longer rises, and leaves the best epoch's weights in the model.
     *
     * <p>The same model, data, teacher and seed give the same bits, whether batches are prepared ahead or not. An
     * interrupt stops training between two steps; the model then holds the weights of the last step.
     *
     * @param model with its initial weights; nothing else may use it until this call returns
     * @param data what is trained and validated on
     * @param teacher the teacher's scores; null if the guidance needs none
     * @param slices the slices of the validation metrics
     * @param seed of sample order and guidance; the model has its own
     * @param listener receives each step and epoch
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
     * As {@link #train(TrainableModel, TrainingData, TeacherTable, Slices, Seed, TrainingListener)}, resuming from the
     * checkpoint's snapshot if it has one, and saving one after each epoch.
     *
     * <p>A resumed training gives the same bits as one that was never stopped. A training that reached its last epoch
     * continues if that is later now.
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
        requireRows(data, data.validation().samples(), "validation");
        return train(model, data, teacher, slices, seed, listener, checkpoint, null);
    }

    /**
     * As {@link #train(TrainableModel, TrainingData, TeacherTable, Slices, Seed, TrainingListener, Checkpoint)}, without
     * guidance; the steps are made elsewhere.
     *
     * @param steps trains the model
     */
    public TrainedRun train(
            TrainableModel model,
            TrainingData data,
            Slices slices,
            Seed seed,
            TrainingListener listener,
            @Nullable Checkpoint checkpoint,
            EpochTraining steps)
            throws InterruptedException {
        if (!(guidance instanceof None)) {
            throw new IllegalArgumentException("guided steps are made here only");
        }
        requireRows(data, data.training(), "training");
        requireRows(data, data.validation().samples(), "validation");
        requireGroups(data);
        return new TrainingLoop(settings, model, data, slices)
                .run(steps, guidance.regularizer(data, null), new boolean[0], seed, listener, checkpoint);
    }

    /**
     * Trains without validation, along the course of a training that was validated, and leaves the last epoch's weights in
     * the model. Epochs have no metrics. Where that training kept the backbone alone, it is trained without guidance, and
     * nothing is held out of it.
     *
     * @param data what is trained on; its log holds that of the course's data
     * @throws InvalidInputException if there are no samples, or the teacher does not fit the course's data
     */
    public TrainedRun trainAgain(
            TrainableModel model,
            TrainingData data,
            @Nullable TeacherTable teacher,
            Slices slices,
            Seed seed,
            TrainingListener listener,
            @Nullable Checkpoint checkpoint,
            Course course)
            throws InterruptedException {
        return train(model, data, teacher, slices, seed, listener, checkpoint, course);
    }

    private TrainedRun train(
            TrainableModel model,
            TrainingData data,
            @Nullable TeacherTable teacher,
            Slices slices,
            Seed seed,
            TrainingListener listener,
            @Nullable Checkpoint checkpoint,
            @Nullable Course course)
            throws InterruptedException {
        requireRows(data, data.training(), "training");
        TrainingData guiding = course == null ? data : course.judged();
        requireGroups(data);
        if (course != null && course.rates().isEmpty()) {
            return new TrainingLoop(settings, model, data, slices)
                    .along(course.reference().orElseThrow(), guiding.log())
                    .run(None.defaults().regularizer(data, null), new boolean[0], seed, listener, checkpoint);
        }
        Regularizer regularizer = settings.schedule().of(guidance.regularizer(guiding, teacher));
        TrainingLoop loop = new TrainingLoop(settings, model, data, slices);
        loop.along(course == null ? null : course.rates(), guiding.log());
        if (regularizer.reference().isEmpty()) {
            return loop.run(regularizer, regularizer.heldOut(), seed, listener, checkpoint);
        }
        Reference reference = regularizer.reference().get();
        double rate = model.learningRate();
        TrainedRun alone = trainAlone(reference, model, data, slices, seed, listener, checkpoint, course);
        reference.accept(model.score(data.log(), reference.rows()));
        model.learningRate(rate);
        if (course == null) {
            int most = Math.max(FEW_EPOCHS, alone.epochs().size());
            reference
                    .guidedEpochs()
                    .ifPresent(epochs -> loop.paced(falling(rate, Math.min(epochs, most), settings.maxEpochs())));
        }
        boolean fallsBack = course == null && reference.fallBack();
        Weights aloneWeights = model.weights();
        // A graph backbone knows more now than when it was trained alone, so its metrics are not what they were.
        Metrics before = fallsBack ? loop.validateBefore(regularizer.heldOut()) : Metrics.none();
        TrainedRun guided = loop.run(regularizer, regularizer.heldOut(), seed, listener, checkpoint);
        if (fallsBack && loop.watched(guided.validation()) <= loop.watched(before)) {
            model.restore(aloneWeights);
            return new TrainedRun(guided.epochs(), 0, guided.stopped(), before, Optional.of(alone));
        }
        return new TrainedRun(
                guided.epochs(), guided.bestEpoch(), guided.stopped(), guided.validation(), Optional.of(alone));
    }

    /** A rate for each epoch, up to the last one allowed; it falls along half a cosine to 0 in the epoch after all of them. */
    private static List<Double> falling(double first, int epochs, int maxEpochs) {
        return IntStream.range(0, Math.min(epochs, maxEpochs))
                .mapToObj(epoch -> first * (1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2)
                .toList();
    }

    /**
     * Trains the backbone alone, under a seed of its own so that its random draws differ from the guided training's.
     */
    private TrainedRun trainAlone(
            Reference reference,
            TrainableModel model,
            TrainingData data,
            Slices slices,
            Seed seed,
            TrainingListener listener,
            @Nullable Checkpoint checkpoint,
            @Nullable Course course)
            throws InterruptedException {
        TrainingSettings alone = settings.withMaxEpochs(reference.maxEpochs());
        return new TrainingLoop(alone, model, data, slices)
                .along(
                        course == null ? null : course.reference().orElseThrow(),
                        course == null ? data.log() : course.judged().log())
                .run(
                        None.defaults().regularizer(data, null),
                        reference.heldOut(),
                        seed.child("reference"),
                        listener.reference(),
                        checkpoint == null ? null : checkpoint.reference());
    }

    private void requireGroups(TrainingData data) {
        if (settings.objective().grouped()) {
            data.training()
                    .negatives(
                            "training.objective",
                            "it compares a positive with the negatives drawn for it; choose binary-cross-entropy");
        }
    }

    private static void requireRows(TrainingData data, Samples samples, String kind) {
        if (samples.size() == 0) {
            throw new InvalidInputException(
                    "dataset '" + data.name() + "'",
                    "has no " + kind + " samples; users need at least 4 interactions to give any");
        }
    }
}
