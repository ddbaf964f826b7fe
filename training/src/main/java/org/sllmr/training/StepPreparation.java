// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.Arrays;
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
        Instances all = training.instances();
        int count = sampleRows.length;
        int[] users = new int[count];
        int[] items = new int[count];
        int[] positions = new int[count];
        float[] labels = new float[count];
        for (int index = 0; index < count; index++) {
            int row = sampleRows[index];
            users[index] = all.users()[row];
            items[index] = all.items()[row];
            positions[index] = all.positions()[row];
            labels[index] = training.label(row);
        }
        Instances samples = new Instances(users, items, positions);
        Supervision supervision = regularizer.select(samples, step);
        Instances rows = supervision.size() == 0 ? samples : concatenate(samples, supervision.rows());
        return new PreparedStep(model.prepare(log, rows, count), labels, supervision);
    }

    private static Instances concatenate(Instances first, Instances second) {
        return new Instances(
                concatenate(first.users(), second.users()),
                concatenate(first.items(), second.items()),
                concatenate(first.positions(), second.positions()));
    }

    private static int[] concatenate(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
