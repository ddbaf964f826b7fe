// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import org.sllmr.runs.Division;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.StepsElsewhere;
import org.sllmr.spark.bundle.SentBundle;
import org.sllmr.training.EpochTraining;
import org.sllmr.training.TrainingListener;

/**
 * Synchronous data parallel training: each worker is a task that trains a model of its own on its share of the users; after
 * each round of steps what they changed becomes everyone's model (local SGD, Stich 2019, with Adam's moments exchanged too; see
 * {@link org.sllmr.model.StepChange}). Validation and all that follows from it happen in the driver.
 *
 * <p>The same settings, data, seed and division give the same bits, wherever the tasks run and whichever of them are lost.
 * With one worker they are the bits of a training on one machine.
 */
public final class SparkTraining implements StepsElsewhere, AutoCloseable {
    private final JavaSparkContext context;
    private final Division division;
    private @Nullable SparkEpochs epochs;

    /**
     * Prepares nothing yet, but checks that all workers have room.
     *
     * @throws InvalidInputException if fewer tasks can run at once than there are workers, or executors come and go
     */
    public SparkTraining(SparkSession session, Division division) {
        this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.division = division;
        Slots.require(session.sparkContext(), division.workers());
    }

    @Override
    public Division division() {
        return division;
    }

    @Override
    public EpochTraining training(
            RunSettings settings, RunInputs inputs, TrainingData data, Model model, TrainingListener listener) {
        close();
        TrainingData ofDataset = inputs.dataset().trainingData();
        SentBundle<TrainingData> dataset = SentBundle.send(
                context, settings.data().orElseThrow(), ofDataset.hash(), new OpenTrainingData(), ofDataset);
        Broadcast<AddedColumns> columns = context.broadcast(new AddedColumns(ofDataset, data));
        String id = context.sc().applicationId() + " " + columns.id();
        SentTraining sent = new SentTraining(id, settings, dataset, columns);
        epochs = new SparkEpochs(context, sent, division, model, listener);
        return epochs;
    }

    /** Frees what executors keep of the training. */
    @Override
    public void close() {
        if (epochs != null) {
            epochs.close();
            epochs = null;
        }
    }
}
