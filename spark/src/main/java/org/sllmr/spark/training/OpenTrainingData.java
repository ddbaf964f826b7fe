// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.nio.file.Path;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.spark.bundle.SentBundle;

/** Opens a dataset to train on; nothing of its test part is kept. */
record OpenTrainingData() implements SentBundle.SentOpening<TrainingData> {
    @Override
    public TrainingData open(Path dataset) {
        return Dataset.open(dataset).trainingData();
    }
}
