// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;

/** Values of training samples, to fit a scale to. */
final class SampledRows {
    /** Samples that are looked at: enough for a mean and a deviation. */
    private static final int MOST = 20_000;

    private SampledRows() {}

    /** What is made of a row's user and item. */
    @FunctionalInterface
    interface Value {
        /**
         * The value.
         *
         * @param position how many interactions the user has before the row
         * @param history the user's last items, those of {@code [from, to)}
         */
        float of(int user, int position, int item, int[] history, int from, int to);
    }

    /**
     * The values of samples spread evenly over the training data.
     *
     * @param items most items of a history
     */
    static float[] of(TrainingData data, int items, Value value) {
        Instances samples = data.training().instances();
        int[] history = new int[items];
        float[] values = new float[Math.min(MOST, samples.size())];
        for (int i = 0; i < values.length; i++) {
            int row = (int) ((long) i * samples.size() / values.length);
            int user = samples.users()[row];
            int position = samples.positions()[row];
            int length = Math.min(position, items);
            data.log().copyItems(user, position - length, position, history, 0);
            values[i] = value.of(user, position, samples.items()[row], history, 0, length);
        }
        return values;
    }
}
