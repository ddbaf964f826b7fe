// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.training.supervision.Supervision;

/** Mean number of guidance rows of a step, epoch by epoch. */
final class RowCount {
    private long steps;
    private long rows;

    void step(Supervision supervision) {
        steps++;
        rows += supervision.size();
    }

    /** Of the steps since the last call. */
    double perStep() {
        double mean = steps == 0 ? 0 : (double) rows / steps;
        steps = 0;
        rows = 0;
        return mean;
    }
}
