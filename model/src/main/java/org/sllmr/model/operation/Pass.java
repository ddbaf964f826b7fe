// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import org.jspecify.annotations.Nullable;

/**
 * How a forward pass is made.
 *
 * @param mode what the pass is for
 * @param rows number of rows
 * @param sampleRows how many of them, the first ones, are training samples
 * @param masks drawn dropout masks; not needed while scoring
 */
public record Pass(
        Mode mode, int rows, int sampleRows, @Nullable DropoutMasks masks) {
    /** What a pass is for. */
    public enum Mode {
        /** Dropout on; batch statistics used and remembered. */
        TRAINING,
        /** Dropout on; running statistics used, nothing remembered. */
        SAMPLING,
        /** Dropout off; running statistics used. */
        SCORING
    }

    /** A pass as in serving. */
    public static Pass scoring(int rows) {
        return new Pass(Mode.SCORING, rows, 0, null);
    }
}
