// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;

/** One way to train the same steps. */
interface Contestant {
    /** Short name, for the table. */
    String name();

    /** What it is, in one line. */
    String description();

    /**
     * Trains from the start: a warm-up, then the steps that count.
     *
     * @param steps at most an epoch
     */
    Measured run(int steps) throws IOException, InterruptedException;

    /**
     * A measurement.
     *
     * @param seconds wall time of the steps, input preparation included
     * @param processorSeconds processor time of the whole process in these steps, all threads together
     * @param steps how many
     * @param parameters trained parameters of the model
     */
    record Measured(double seconds, double processorSeconds, int steps, long parameters) {
        double millisecondsPerStep() {
            return 1e3 * seconds / steps;
        }

        double processorMillisecondsPerStep() {
            return 1e3 * processorSeconds / steps;
        }
    }
}
