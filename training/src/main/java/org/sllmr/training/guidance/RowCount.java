// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

/** Mean number of guidance rows of a step, epoch by epoch. */
final class RowCount {
    private long steps;
    private long rows;

    void step(int joined) {
        steps++;
        rows += joined;
    }

    /** Of the steps since the last call. */
    double perStep() {
        double mean = steps == 0 ? 0 : (double) rows / steps;
        steps = 0;
        rows = 0;
        return mean;
    }
}
