// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

/** Mean number of guidance rows of a step. */
final class RowCount {
    private long steps;
    private long rows;

    void step(int joined) {
        steps++;
        rows += joined;
    }

    /** The mean over the steps since the last call; resets the count. */
    double perStep() {
        double mean = steps == 0 ? 0 : (double) rows / steps;
        steps = 0;
        rows = 0;
        return mean;
    }
}
