// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.model.TrainableModel;
import org.sllmr.training.guidance.Regularizer;
import org.sllmr.training.supervision.Supervision;

/** Prepares a step's batch: gathers its samples, adds the guidance rows, and looks up their embeddings. */
final class StepPreparation {
    private final TrainableModel model;
    private final InteractionLog log;
    private final Regularizer regularizer;

    StepPreparation(TrainableModel model, InteractionLog log, Regularizer regularizer) {
        this.model = model;
        this.log = log;
        this.regularizer = regularizer;
    }

    PreparedStep prepare(Samples training, int[] sampleRows, Seed step) {
        int count = sampleRows.length;
        float[] labels = new float[count];
        for (int index = 0; index < count; index++) {
            labels[index] = training.label(sampleRows[index]);
        }
        Instances samples = training.instances().select(sampleRows);
        Supervision supervision = regularizer.select(samples, step);
        Instances rows = supervision.size() == 0 ? samples : samples.and(supervision.rows(), log);
        return new PreparedStep(model.prepare(log, rows, count), labels, supervision);
    }
}
