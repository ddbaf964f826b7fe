// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.scaling;

import java.util.List;

/**
 * The largest cost of a step, as a multiple of that with the fewest samples or rows.
 *
 * @param bySamples with more samples, 1 or more
 * @param byRows with more rows, 1 or more
 */
record Growth(double bySamples, double byRows) {
    /** Of costs in any unit, those with the fewest first. */
    static Growth of(List<Double> bySamples, List<Double> byRows) {
        return new Growth(of(bySamples), of(byRows));
    }

    private static double of(List<Double> costs) {
        return costs.stream().mapToDouble(cost -> cost / costs.get(0)).max().orElse(1);
    }

    /** Whether both are at most this; a first cost too small for the clock is not. */
    boolean within(double most) {
        return bySamples <= most && byRows <= most;
    }
}
