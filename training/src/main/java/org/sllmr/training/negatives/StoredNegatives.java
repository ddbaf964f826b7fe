// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.negatives;

import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;

/** The negatives that the dataset stores, the same in every epoch: how the paper's baselines were trained. */
public record StoredNegatives() implements NegativeSettings {
    @Override
    public Samples samples(TrainingData data, Seed epoch) {
        return data.training();
    }
}
