// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.evaluation.LogLoss;

/**
 * Percentile bootstrap intervals over users, each drawn with all of its rows (Efron and Tibshirani 1993).
 *
 * @param replicates number of draws, at least 100
 * @param confidence coverage of the intervals, above 0 and below 1, such as 0.95
 * @param seed node of the random draws; results do not depend on the number of threads
 */
public record UserBootstrap(int replicates, double confidence, Seed seed) {
    /** Checks the ranges. */
    public UserBootstrap {
        new Checks()
                .atLeast("replicates", replicates, 100)
                .require(confidence > 0 && confidence < 1, "confidence", "is " + confidence + ", allowed is 0 to 1")
                .done();
    }

    /** The interval of the mean of a value over users; users whose value is NaN are left out. */
    public Optional<Interval> ofMean(double[] values) {
        double[] numbers =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        return of(numbers.length, weights -> {
            double sum = 0;
            for (int user = 0; user < numbers.length; user++) {
                sum += weights[user] * numbers[user];
            }
            return sum / numbers.length;
        });
    }

    /** The interval of the pooled AUC of some rows. */
    public Optional<Interval> ofAuc(float[] logits, Samples samples, int[] rows) {
        int[] owners = PairedBootstrap.denseUsers(samples, rows);
        WeightedAuc auc = new WeightedAuc(logits, samples, rows, owners);
        return of(users(owners), auc::of);
    }

    /** The interval of the log loss of some rows. */
    public Optional<Interval> ofLogLoss(float[] logits, Samples samples, int[] rows) {
        int[] owners = PairedBootstrap.denseUsers(samples, rows);
        int users = users(owners);
        double[] losses = new double[users];
        int[] counts = new int[users];
        for (int index = 0; index < rows.length; index++) {
            losses[owners[index]] += LogLoss.of(logits[rows[index]], samples.label(rows[index]));
            counts[owners[index]]++;
        }
        return of(users, weights -> {
            double sum = 0;
            long count = 0;
            for (int user = 0; user < users; user++) {
                sum += weights[user] * losses[user];
                count += (long) weights[user] * counts[user];
            }
            return sum / count;
        });
    }

    private static int users(int[] owners) {
        return Arrays.stream(owners).max().orElse(-1) + 1;
    }

    /**
     * The interval of a statistic over users.
     *
     * @param users number of users
     * @param statistic its value when each user counts the given number of times; NaN leaves the draw out
     * @return empty without users, or if no draw has a value
     */
    public Optional<Interval> of(int users, ToDoubleFunction<int[]> statistic) {
        if (users == 0) {
            return Optional.empty();
        }
        double[] sorted = IntStream.range(0, replicates)
                .parallel()
                .mapToDouble(replicate -> statistic.applyAsDouble(PairedBootstrap.draw(users, seed.child(replicate))))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(new Interval(
                        PairedBootstrap.quantile(sorted, (1 - confidence) / 2),
                        PairedBootstrap.quantile(sorted, (1 + confidence) / 2)));
    }
}
