// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.sllmr.data.TrainingData;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunSettings;
import org.sllmr.spark.bundle.SentBundle;

/** What all rounds of a training need, sent to each executor once. */
final class SentTraining implements Serializable {
    private final String id;
    private final String configuration;
    private final SentBundle<TrainingData> dataset;
    private final Broadcast<AddedColumns> columns;

    /**
     * Sends a training.
     *
     * @param id of this training alone: its models are kept under it between rounds
     */
    SentTraining(String id, RunSettings settings, SentBundle<TrainingData> dataset, Broadcast<AddedColumns> columns) {
        this.id = id;
        this.configuration = RunConfiguration.write(settings);
        this.dataset = dataset;
        this.columns = columns;
    }

    String id() {
        return id;
    }

    /** A replica of the model, untrained, with all that its steps need. */
    Replica replica() {
        RunSettings settings = RunConfiguration.read("the settings sent by the driver", configuration);
        TrainingData data = columns.value().addTo(dataset.opened());
        return new Replica(
                settings.training(),
                settings.model().create(settings.model().fields(data), RunExecution.modelSeed(settings)),
                data,
                RunExecution.trainingSeed(settings),
                RunExecution.modelSeed(settings));
    }

    /** Frees what executors have of it. */
    void destroy() {
        dataset.bytes().destroy();
        columns.destroy();
    }
}
