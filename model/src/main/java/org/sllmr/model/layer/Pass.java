// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How a forward pass is made.
 *
 * @param mode what the pass is for
 * @param rows rows of the batch
 * @param sampleRows how many of them, the first ones, are training samples and make the batch statistics
 * @param masks dropout masks of the batch; needed unless scoring
 * @param tape where layers that back-propagate themselves say so; null if there will be no backward pass
 */
public record Pass(
        Mode mode,
        int rows,
        int sampleRows,
        @Nullable DropoutMasks masks,
        @Nullable Tape tape) {
    /** What a pass is for. */
    public enum Mode {
        /** Dropout on; batch statistics used and remembered. */
        TRAINING,
        /** Dropout on; running statistics used, nothing remembered. */
        SAMPLING,
        /** Dropout off; running statistics used. */
        SCORING
    }

    /** A pass without a backward pass. */
    public Pass(Mode mode, int rows, int sampleRows, @Nullable DropoutMasks masks) {
        this(mode, rows, sampleRows, masks, null);
    }

    /** The same pass, to be followed by a backward pass. */
    public Pass recordedBy(Tape recorder) {
        return new Pass(mode, rows, sampleRows, masks, recorder);
    }

    /** A pass as in serving. */
    public static Pass scoring(int rows) {
        return new Pass(Mode.SCORING, rows, 0, null);
    }

    /** The same pass over something that each row has several of; without dropout, whose masks are drawn for rows. */
    Pass over(int count, int ofSamples) {
        return new Pass(mode, count, ofSamples, null, tape);
    }

    /** A dropout mask {@code [rows, width]}, or nothing while scoring. */
    @Nullable
    Tensor mask(int number) {
        return mode == Mode.SCORING || masks == null ? null : masks.tensor(number);
    }
}
