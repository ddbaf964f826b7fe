// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Optional;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.Supervision;

/**
 * L_LLM of one training: which rows it adds to each step, and their loss.
 *
 * <p>{@link #select} may run in another thread, during the previous step. So it depends on the samples, the teacher and
 * the seed only, never on the state of the model or a gate.
 */
public interface Regularizer {
    /** Called before each epoch. */
    default void beforeEpoch(EpochStart start) {}

    /** Its request for the backbone alone before the first epoch; empty for most. */
    default Optional<Reference> reference() {
        return Optional.empty();
    }

    /**
     * Users whose last training interaction must not be trained on, because guidance is fitted on it: {@code [users]},
     * or empty for none.
     */
    default boolean[] heldOut() {
        return new boolean[0];
    }

    /**
     * The guidance rows of a step.
     *
     * @param samples the step's samples
     * @param step the step's own seed
     */
    Supervision select(Instances samples, Seed step);

    /**
     * lambda times L_LLM; adds its derivative by each logit to {@code gradient}, and updates the regularizer's
     * parameters once.
     *
     * @param supervision what {@link #select} gave for this step
     * @param logits logits of the batch: samples, then guidance rows
     * @param gradient added to: as long as {@code logits}
     * @param resampler scores the batch under fresh dropout masks
     */
    double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler);

    /** A copy of its state, for a checkpoint; empty if it learns nothing. */
    default double[] state() {
        return new double[0];
    }

    /** Restores such a state. */
    default void restore(double[] state) {
        if (state.length > 0) {
            throw new IllegalArgumentException(state.length + " numbers for a regularizer that learns nothing");
        }
    }

    /** What it did since the last call, which is an epoch. */
    GuidanceReport report();
}
