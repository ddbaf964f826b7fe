// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import org.sllmr.model.TrainableModel.Batch;
import org.sllmr.training.supervision.Supervision;

/**
 * The inputs of a step.
 *
 * @param batch samples, then guidance rows
 * @param labels label of each sample
 * @param supervision the guidance rows
 */
record PreparedStep(Batch batch, float[] labels, Supervision supervision) {
    int rows() {
        return labels.length + supervision.size();
    }
}
