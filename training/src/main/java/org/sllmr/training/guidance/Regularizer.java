// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Optional;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.Supervision;

/**
 * L_LLM of one training run: which rows it adds to each step, and their loss.
 *
 * <p>{@link #select} may run in another thread than the rest, beside the previous step; so it depends on the samples, the
 * teacher and the seed alone, never on what the model or a gate has learned.
 */
public interface Regularizer {
    /** Told before each epoch. */
    default void beforeEpoch(EpochStart start) {}

    /** What it wants to know of the backbone alone before the first epoch; most want nothing. */
    default Optional<Reference> reference() {
        return Optional.empty();
    }

    /**
     * Users whose last training interaction is not to be trained on, because guidance is judged by it: {@code [users]},
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
     * lambda times L_LLM; its derivative by each logit is added to {@code gradient}, and parameters of the regularizer's
     * own are updated once.
     *
     * @param supervision what {@link #select} gave for this step
     * @param logits logits of the batch: samples, then guidance rows
     * @param gradient added to: as long as {@code logits}
     * @param resampler scores the batch under fresh dropout masks
     */
    double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler);

    /** A copy of all that later steps depend on, for a checkpoint; empty if nothing is learned. */
    default double[] state() {
        return new double[0];
    }

    /** Takes such a copy over. */
    default void restore(double[] state) {
        if (state.length > 0) {
            throw new IllegalArgumentException(state.length + " numbers for a regularizer that learns nothing");
        }
    }

    /** What it did since the last call: since the last epoch. */
    GuidanceReport report();
}
