// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/**
 * alpha(u, i, j): how much each pair of a step counts.
 *
 * <p>Used by the training thread only; in each step first {@link #open}, then {@link #learn}.
 */
public interface Gate {
    /** Called before each epoch; a gate that learns from held-out interactions does so here. */
    default void beforeEpoch(EpochStart start) {}

    /** Whether training must leave out held-out interactions because the gate is fitted on them. */
    default boolean holdsOut() {
        return false;
    }

    /**
     * The gates of a step's pairs, 0 or more, at most 1 unless a gate says otherwise: {@code [pairs]}.
     *
     * @param supervision the pairs and their rows
     * @param logits logit of each row
     * @param signals signals of each row
     */
    float[] open(Supervision supervision, float[] logits, Signals signals);

    /**
     * Updates the gate's parameters once, if it has any.
     *
     * @param derivatives derivative of the joint loss by each gate of the last {@link #open}: {@code [pairs]}
     */
    void learn(float[] derivatives);

    /** A copy of its state, for a checkpoint; empty for a gate that learns nothing. */
    default double[] state() {
        return new double[0];
    }

    /** Restores such a state. */
    default void restore(double[] state) {
        if (state.length > 0) {
            throw new IllegalArgumentException(state.length + " numbers for a gate that learns nothing");
        }
    }

    /** What the gate did since the last call, which is an epoch. */
    GateReport report();
}
