// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.data.Instances;

/**
 * What a regularizer wants to know of the backbone alone: it is trained without guidance first and asked once; guided
 * training goes on from its best epoch.
 */
public interface Reference {
    /** Most epochs of that training, at least 1; its patience is that of the training settings. */
    int maxEpochs();

    /** Users whose last training interaction it must not see: {@code [users]}. */
    boolean[] heldOut();

    /** The rows it is asked about. */
    Instances rows();

    /**
     * Told the answer, once, before the first guided epoch.
     *
     * @param logits of {@link #rows}, as in serving, with the weights of the best epoch by validation AUC
     */
    void answer(float[] logits);
}
