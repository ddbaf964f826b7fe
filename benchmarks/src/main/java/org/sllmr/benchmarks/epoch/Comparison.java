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
 * @param rounds number of runs of each variant
 * @param agreement agreement of both implementations' losses; absent without Python
 * @param rows one for each variant
 * @param versions of the libraries
 * @param machine where it ran
 * @param loadAverage load average of the last minute when the rounds ended; -1 if unknown
 * @param finished end of the benchmark
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
    /** The plain use of PyTorch, the reference of ratios. */
    static final String EAGER = "PyTorch eager";

    static final String TUNED = "PyTorch tuned";
    static final String TUNED_TWO = "PyTorch tuned, 2 threads";
    static final String TORCH_SPARSE = "PyTorch sparse";
    /** A lower bound for training steps with that library: the matrix products only. */
    static final String PRODUCTS = "PyTorch, products alone";

    static final String DENSE = "sllmr dense";
    static final String SPARSE = "sllmr sparse";

    /**
     * The measurements of a variant.
     *
     * @param name of the variant
     * @param description what the variant is
     * @param milliseconds of a step, one for each round
     * @param processorMilliseconds of a step, all threads together, one for each round
     */
    record Row(String name, String description, double[] milliseconds, double[] processorMilliseconds) {
        double median() {
            return Comparison.median(milliseconds);
        }

        double processorMedian() {
            return Comparison.median(processorMilliseconds);
        }
    }

    /** The row of that name. */
    Optional<Row> row(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /**
     * Time of the other row divided by that of {@code row}, as the median of the rounds' ratios; absent without the
     * other row.
     */
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
