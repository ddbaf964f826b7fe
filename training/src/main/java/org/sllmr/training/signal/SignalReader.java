// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;

/** Computes the signals of guidance rows: two indicators from the data, uncertainty from the model's logits. */
public final class SignalReader {
    private final Sparsity sparsity;
    private final SignalSettings settings;

    /** Counts what the indicators need. */
    public SignalReader(TrainingData data, SignalSettings settings) {
        this.sparsity = Sparsity.of(data, settings.sparsity());
        this.settings = settings;
    }

    /** How q(u, i) is measured. */
    public Uncertainty uncertainty() {
        return settings.uncertainty();
    }

    /**
     * The signals of rows that were scored as in serving, without dropout.
     *
     * @throws IllegalStateException if the settings ask for dropout variance
     */
    public Signals readServing(Instances rows, float[] logits) {
        return read(rows, logits, () -> {
            throw new IllegalStateException("scoring has no dropout");
        });
    }

    /**
     * The signals of the guidance rows of a batch.
     *
     * @param rows the guidance rows; whether a user is cold depends on the history at the row's position
     * @param logits logits of the batch, the guidance rows last
     * @param resampler used for dropout variance only
     */
    public Signals read(Instances rows, float[] logits, Resampler resampler) {
        float[] cold = new float[rows.size()];
        float[] tail = new float[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            cold[row] = sparsity.coldAfter(rows.positions()[row]) ? 1 : 0;
            tail[row] = sparsity.tail(rows.items()[row]) ? 1 : 0;
        }
        int from = logits.length - rows.size();
        return new Signals(
                cold, tail, settings.uncertainty().estimate(logits, from, settings.dropoutPasses(), resampler));
    }
}
