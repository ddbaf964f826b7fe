// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.OptionalInt;
import org.sllmr.data.Instances;

/**
 * A regularizer's request for the backbone alone: it is trained without guidance first and scores some rows once;
 * guided training continues from its best epoch.
 */
public interface Reference {
    /** Maximum epochs of that training, at least 1; its patience is that of the training settings. */
    int maxEpochs();

    /**
     * Most guided epochs, over which the learning rate falls; the trainer makes fewer where the backbone alone took fewer.
     * Empty if validation decides on epochs and rate, as for the backbone alone.
     */
    default OptionalInt guidedEpochs() {
        return OptionalInt.empty();
    }

    /** Whether the backbone alone is kept if no guided epoch is better on validation. */
    default boolean fallBack() {
        return false;
    }

    /** Users whose last training interaction it must not see: {@code [users]}. */
    boolean[] heldOut();

    /** The rows to score. */
    Instances rows();

    /**
     * Receives the scores once, before the first guided epoch.
     *
     * @param logits of {@link #rows}, as in serving, with the weights of the best epoch by validation AUC
     */
    void accept(float[] logits);
}
