// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;

/** Largest cosines of training samples, to fit a scale to. */
final class NearestCosines {
    /** Samples that are looked at: enough for a mean and a deviation. */
    private static final int MOST = 20_000;

    private final InteractionLog log;
    private final Instances samples;
    private final MeasuredVectors vectors;
    private final int[] history;

    NearestCosines(TrainingData data, MeasuredVectors vectors, int items) {
        this.log = data.log();
        this.samples = data.training().instances();
        this.vectors = vectors;
        this.history = new int[items];
    }

    /** Of samples spread evenly over the training data. */
    private float[] ofTraining() {
        float[] cosines = new float[Math.min(MOST, samples.size())];
        for (int i = 0; i < cosines.length; i++) {
            int row = (int) ((long) i * samples.size() / cosines.length);
            int user = samples.users()[row];
            int position = samples.positions()[row];
            int length = Math.min(position, history.length);
            log.copyItems(user, position - length, position, history, 0);
            cosines[i] = vectors.nearest(samples.items()[row], history, 0, length);
        }
        return cosines;
    }

    /** Mean and deviation of the cosines, then of their squares. */
    float[] fit() {
        float[] cosines = ofTraining();
        NumberScale cosine = NumberScale.fit(cosines);
        NumberScale square = NumberScale.fit(squares(cosines));
        return new float[] {cosine.mean(), cosine.deviation(), square.mean(), square.deviation()};
    }

    private static float[] squares(float[] values) {
        float[] squares = new float[values.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = values[i] * values[i];
        }
        return squares;
    }
}
