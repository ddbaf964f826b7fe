// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.training.supervision.Pairs;

/**
 * alpha(u, i, j): how much each pair of a step counts.
 *
 * <p>Used by the training thread alone, one step after the other: first {@link #open}, then {@link #learn}.
 */
public interface Gate {
    /**
     * The gates of a step's pairs, usually in [0, 1]: {@code [pairs]}.
     *
     * @param signals signals of the rows that the pairs point to
     */
    float[] open(Pairs pairs, Signals signals);

    /**
     * Updates the gate's own parameters once, if it has any.
     *
     * @param derivatives derivative of the joint loss by each gate of the last {@link #open}: {@code [pairs]}
     */
    void learn(float[] derivatives);

    /** A copy of all that later steps depend on, for a checkpoint; empty for a gate that learns nothing. */
    default double[] state() {
        return new double[0];
    }

    /** Takes such a copy over. */
    default void restore(double[] state) {
        if (state.length > 0) {
            throw new IllegalArgumentException(state.length + " numbers for a gate that learns nothing");
        }
    }

    /** What the gate did since the last call: since the last epoch. */
    GateReport report();
}
