// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.evaluation.Region;

/**
 * z(u, i) = [Cold(u), Tail(i), q(u, i)] of each guidance row (paper, Section 3.3).
 *
 * <p>Signals are constants of a step: no gradient flows through q into the model. Otherwise the model could lower the
 * joint loss by becoming certain wherever the teacher disagrees, which closes the gate without learning from the
 * teacher.
 *
 * @param cold Cold(u), 0 or 1: {@code [rows]}
 * @param tail Tail(i), 0 or 1: {@code [rows]}
 * @param uncertainty q(u, i) in [0, 1]: {@code [rows]}
 */
public record Signals(float[] cold, float[] tail, float[] uncertainty) {
    /** Checks that the columns agree in length. */
    public Signals {
        if (cold.length != tail.length || cold.length != uncertainty.length) {
            throw new IllegalArgumentException(
                    "columns differ in length: " + cold.length + ", " + tail.length + ", " + uncertainty.length);
        }
    }

    /** Number of rows. */
    public int size() {
        return cold.length;
    }

    /** The region of a row. */
    public Region region(int row) {
        return Region.of(cold[row] > 0, tail[row] > 0);
    }
}
