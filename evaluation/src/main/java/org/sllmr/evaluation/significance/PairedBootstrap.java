// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Mean;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.LogLoss;
import org.sllmr.evaluation.SampleMetric;

/**
 * Paired bootstrap over users of the difference between two models' pooled AUC or log loss (Efron and Tibshirani 1993).
 *
 * <p>Users are drawn with replacement, each with all of its rows, because the rows of one user are not independent;
 * both models are evaluated on the same draws. The interval is the percentile interval. A difference of AUC is itself
 * an effect size: how much more likely a random positive is to score above a random negative.
 *
 * @param users number of users with rows
 * @param replicates number of draws with both classes; the others are not used
 * @param first the metric of the first model on the original rows
 * @param difference metric of the second model minus that of the first, on the original rows
 * @param standardError standard deviation of the difference over the draws
 * @param lower lower end of the confidence interval
 * @param upper upper end of the confidence interval
 * @param pValue two-sided: twice the smaller share of draws on one side of zero, with the original rows counted as one
 *     more draw on either side. If all draws are on one side, their number would decide; then it is that of the difference
 *     over its standard error in Student's t distribution, if that is smaller
 */
record PairedBootstrap(
        int users,
        int replicates,
        double first,
        double difference,
        double standardError,
        double lower,
        double upper,
        double pValue) {

    /**
     * Compares two models.
     *
     * @param first logits of the first model, one per row of {@code samples}
     * @param second logits of the second model
     * @param samples the labelled rows
     * @param rows the rows to compare on, such as a slice; both classes must be among them
     * @param replicates number of draws, at least 100; 2,000 are enough for a 95 % interval
     * @param confidence coverage of the interval, above 0 and below 1, such as 0.95
     * @param seed node of the random draws; the result does not depend on the number of threads
     */
    static PairedBootstrap of(
            float[] first, float[] second, Samples samples, int[] rows, int replicates, double confidence, Seed seed) {
        return of(List.of(first), List.of(second), samples, rows, replicates, confidence, seed);
    }

    /**
     * Compares two methods by the mean AUC of several models each, such as one per seed; all are evaluated on the same
     * draws of users.
     */
    static PairedBootstrap of(
            List<float[]> first,
            List<float[]> second,
            Samples samples,
            int[] rows,
            int replicates,
            double confidence,
            Seed seed) {
        double one = mean(first, logits -> auc(logits, samples, rows));
        double other = mean(second, logits -> auc(logits, samples, rows));
        checks(replicates, confidence)
                .require(
                        !Double.isNaN(other - one), "rows", "have only one class; an AUC needs positives and negatives")
                .done();
        int[] owners = denseUsers(samples, rows);
        List<WeightedAuc> firstAuc = sorted(first, samples, rows, owners);
        List<WeightedAuc> secondAuc = sorted(second, samples, rows, owners);
        return of(
                Arrays.stream(owners).max().orElseThrow() + 1,
                one,
                other - one,
                weights -> mean(secondAuc, auc -> auc.of(weights)) - mean(firstAuc, auc -> auc.of(weights)),
                replicates,
                confidence,
                seed);
    }

    /** Compares two methods by the mean log loss of some rows. */
    static PairedBootstrap ofLogLoss(
            List<float[]> first,
            List<float[]> second,
            Samples samples,
            int[] rows,
            int replicates,
            double confidence,
            Seed seed) {
        int[] owners = denseUsers(samples, rows);
        int users = Arrays.stream(owners).max().orElse(-1) + 1;
        checks(replicates, confidence).atLeast("users", users, 1).done();
        double[] differences = new double[rows.length];
        for (int index = 0; index < rows.length; index++) {
            int row = rows[index];
            differences[index] = mean(second, logits -> LogLoss.of(logits[row], samples.label(row)))
                    - mean(first, logits -> LogLoss.of(logits[row], samples.label(row)));
        }
        double one = mean(first, logits -> LogLoss.of(logits, samples, rows).orElse(Double.NaN));
        double other = mean(second, logits -> LogLoss.of(logits, samples, rows).orElse(Double.NaN));
        return ofMeans(one, other - one, differences, owners, users, replicates, confidence, seed);
    }

    /** Compares two methods by the mean of a metric over impressions; users are drawn with all of theirs. */
    static PairedBootstrap ofLists(
            SampleMetric.Kind kind,
            List<float[]> first,
            List<float[]> second,
            Samples samples,
            int replicates,
            double confidence,
            Seed seed) {
        List<double[]> firstValues =
                first.stream().map(logits -> kind.ofLists(logits, samples)).toList();
        List<double[]> secondValues =
                second.stream().map(logits -> kind.ofLists(logits, samples)).toList();
        int[] counted = IntStream.range(0, firstValues.get(0).length)
                .filter(list -> !Double.isNaN(firstValues.get(0)[list]))
                .toArray();
        int[] owners = denseUsers(
                samples,
                Arrays.stream(counted).map(list -> samples.lists().from(list)).toArray());
        int users = Arrays.stream(owners).max().orElse(-1) + 1;
        checks(replicates, confidence).atLeast("users", users, 1).done();
        double[] baseline = Arrays.stream(counted)
                .mapToDouble(list -> mean(firstValues, values -> values[list]))
                .toArray();
        double[] method = Arrays.stream(counted)
                .mapToDouble(list -> mean(secondValues, values -> values[list]))
                .toArray();
        double[] differences = new double[counted.length];
        Arrays.setAll(differences, index -> method[index] - baseline[index]);
        double one = Mean.of(baseline);
        return ofMeans(one, Mean.of(method) - one, differences, owners, users, replicates, confidence, seed);
    }

    /** Compares the means of numbers, each of a user. */
    private static PairedBootstrap ofMeans(
            double first,
            double difference,
            double[] values,
            int[] owners,
            int users,
            int replicates,
            double confidence,
            Seed seed) {
        int[] counts = new int[users];
        double[] differences = new double[users];
        for (int index = 0; index < values.length; index++) {
            counts[owners[index]]++;
            differences[owners[index]] += values[index];
        }
        return of(
                users,
                first,
                difference,
                weights -> {
                    double sum = 0;
                    long count = 0;
                    for (int user = 0; user < weights.length; user++) {
                        sum += weights[user] * differences[user];
                        count += (long) weights[user] * counts[user];
                    }
                    return sum / count;
                },
                replicates,
                confidence,
                seed);
    }

    private static PairedBootstrap of(
            int users,
            double first,
            double difference,
            ToDoubleFunction<int[]> statistic,
            int replicates,
            double confidence,
            Seed seed) {
        double[] drawn = IntStream.range(0, replicates)
                .parallel()
                .mapToDouble(replicate -> statistic.applyAsDouble(draw(users, seed.child(replicate))))
                .toArray();
        double[] sorted = Arrays.stream(drawn)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int below = (int) Arrays.stream(sorted).filter(value -> value <= 0).count();
        int above = (int) Arrays.stream(sorted).filter(value -> value >= 0).count();
        double standardError = standardDeviation(sorted);
        double pValue = Math.min(1, 2.0 * (Math.min(below, above) + 1) / (sorted.length + 1));
        return new PairedBootstrap(
                users,
                sorted.length,
                first,
                difference,
                standardError,
                quantile(sorted, (1 - confidence) / 2),
                quantile(sorted, (1 + confidence) / 2),
                Math.min(below, above) > 0 ? pValue : Math.min(pValue, tail(users, difference, standardError)));
    }

    /** The two-sided p value by Student's t distribution; 1 where it has none. */
    private static double tail(int users, double difference, double standardError) {
        return users > 1 && standardError > 0
                ? 2 * TDistribution.of(users - 1).survivalProbability(Math.abs(difference) / standardError)
                : 1;
    }

    private static Checks checks(int replicates, double confidence) {
        return new Checks()
                .atLeast("replicates", replicates, 100)
                .require(confidence > 0 && confidence < 1, "confidence", "is " + confidence + ", allowed is 0 to 1");
    }

    /**
     * Cohen's d_z over users: the difference in standard deviations of one user's contribution to it, which is the
     * standard error times the root of the number of users; 0 if there is no difference.
     */
    double effectSize() {
        return difference == 0 ? 0 : difference / (standardError * Math.sqrt(users));
    }

    private static List<WeightedAuc> sorted(List<float[]> models, Samples samples, int[] rows, int[] owners) {
        return models.stream()
                .map(logits -> new WeightedAuc(logits, samples, rows, owners))
                .toList();
    }

    private static <T> double mean(List<T> models, ToDoubleFunction<T> number) {
        return Mean.of(models.stream().mapToDouble(number).toArray());
    }

    private static double auc(float[] logits, Samples samples, int[] rows) {
        return Auc.of(logits, samples, rows).orElse(Double.NaN);
    }

    /**
     * The user of each row, numbered from 0 in the order of user indices; its impression, or the row itself, where all
     * rows have one user because users are not known.
     */
    static int[] denseUsers(Samples samples, int[] rows) {
        int[] known = samples.instances().users();
        boolean anonymous = samples.labelled() && Arrays.stream(known).allMatch(user -> user == known[0]);
        int[] users = anonymous ? samples.lists().ofRows() : known;
        int[] distinct =
                Arrays.stream(rows).map(row -> users[row]).sorted().distinct().toArray();
        int[] dense = new int[rows.length];
        for (int index = 0; index < rows.length; index++) {
            dense[index] = Arrays.binarySearch(distinct, users[rows[index]]);
        }
        return dense;
    }

    static int[] draw(int users, Seed seed) {
        var random = seed.generator();
        int[] weights = new int[users];
        for (int user = 0; user < users; user++) {
            weights[random.nextInt(users)]++;
        }
        return weights;
    }

    private static double standardDeviation(double[] values) {
        double mean = Mean.of(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    /** Linear interpolation between order statistics, as in Hyndman and Fan's (1996) type 7. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int index = (int) place;
        double next = sorted[Math.min(index + 1, sorted.length - 1)];
        return sorted[index] + (place - index) * (next - sorted[index]);
    }
}
