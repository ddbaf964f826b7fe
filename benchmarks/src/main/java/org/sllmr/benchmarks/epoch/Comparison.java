// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.runs.Machine;

/**
 * The result of interleaved rounds.
 *
 * @param dataset name of the dataset
 * @param backbone name of the backbone
 * @param samples training samples
 * @param scores where the teacher's scores come from
 * @param batch samples a step
 * @param steps timed steps of each run
 * @param rounds how often each contestant ran
 * @param agreement of both sides' losses; absent without Python
 * @param rows one a contestant
 * @param versions of the libraries
 * @param machine where it ran
 * @param loadAverage of the machine's last minute when the rounds had ended; -1 where the system does not tell
 * @param finished when
 */
record Comparison(
        String dataset,
        String backbone,
        int samples,
        String scores,
        int batch,
        int steps,
        int rounds,
        Optional<Agreement> agreement,
        List<Row> rows,
        Map<String, String> versions,
        Machine machine,
        double loadAverage,
        Instant finished) {
    /** What ratios are taken to; the plain way to use either side. */
    static final String EAGER = "PyTorch eager";

    static final String TUNED = "PyTorch tuned";
    static final String TUNED_TWO = "PyTorch tuned, 2 threads";
    static final String TORCH_SPARSE = "PyTorch sparse";
    /** What no training step that multiplies the same matrices can be faster than, with that library. */
    static final String PRODUCTS = "PyTorch, products alone";

    static final String DENSE = "sllmr dense";
    static final String SPARSE = "sllmr sparse";

    /**
     * A contestant's measurements.
     *
     * @param name of the contestant
     * @param description what it is
     * @param milliseconds a step, one a round
     * @param processorMilliseconds of all threads together a step, one a round
     */
    record Row(String name, String description, double[] milliseconds, double[] processorMilliseconds) {
        double median() {
            return Comparison.median(milliseconds);
        }

        double processorMedian() {
            return Comparison.median(processorMilliseconds);
        }
    }

    /** The contestant of that name. */
    Optional<Row> row(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /** How many times as long as {@code row} the other one takes: median of the rounds' ratios; absent without it. */
    Optional<Double> timesAsLong(String other, Row row) {
        return row(other).map(reference -> {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = reference.milliseconds()[round] / row.milliseconds()[round];
            }
            return median(ratios);
        });
    }

    /** The middle value, or the mean of the middle two. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
