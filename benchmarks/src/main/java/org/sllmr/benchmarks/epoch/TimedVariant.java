// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;

/** A variant of training the same steps. */
interface TimedVariant {
    /** Short name for the table. */
    String name();

    /** Description in one line. */
    String description();

    /**
     * Trains from initial parameters: warm-up steps, then timed steps.
     *
     * @param steps number of timed steps, at most an epoch
     */
    Measured run(int steps) throws IOException, InterruptedException;

    /**
     * A measurement.
     *
     * @param seconds wall time of the timed steps, including input preparation
     * @param processorSeconds processor time of the whole process during these steps
     * @param steps number of timed steps
     * @param parameters number of trained parameters
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
