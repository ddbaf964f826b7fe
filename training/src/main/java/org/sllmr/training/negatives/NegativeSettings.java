// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.negatives;

import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;

/** Where an epoch's negatives come from; validation and test always use those that the dataset stores. */
public sealed interface NegativeSettings permits StoredNegatives, DrawnNegatives {
    /**
     * The samples of one epoch: the dataset's training positives, in its order, each with its negatives.
     *
     * @param epoch the epoch's own seed
     */
    Samples samples(TrainingData data, Seed epoch);
}
