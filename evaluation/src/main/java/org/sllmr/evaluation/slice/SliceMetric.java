// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.sllmr.data.SampleLists;
import org.sllmr.data.Samples;
import org.sllmr.data.numeric.Mean;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.LogLoss;
import org.sllmr.evaluation.Metric;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Interval;
import org.sllmr.evaluation.significance.UserBootstrap;

/**
 * A metric of one part of the samples.
 *
 * @param slicing name of the slicing
 * @param part label of the part
 * @param metric the metric
 * @param value its value; empty if it is not defined
 * @param interval its confidence interval over users; empty if it is not defined
 * @param n number of rows, or of users for ranking metrics
 */
public record SliceMetric(
        String slicing, String part, Metric metric, OptionalDouble value, Optional<Interval> interval, int n) {

    /** AUC and log loss of every part that has rows. */
    public static List<SliceMetric> ofRows(
            List<Slicing> slicings, float[] logits, Samples samples, UserBootstrap bootstrap) {
        List<SliceMetric> metrics = new ArrayList<>();
        for (Slicing slicing : slicings) {
            for (int part = 0; part < slicing.labels().size(); part++) {
                int[] rows = slicing.rows(part);
                if (rows.length == 0) {
                    continue;
                }
                String label = slicing.labels().get(part);
                OptionalDouble auc = Auc.of(logits, samples, rows);
                metrics.add(new SliceMetric(
                        slicing.name(),
                        label,
                        SampleMetric.AUC,
                        auc,
                        auc.isEmpty() ? Optional.empty() : bootstrap.ofAuc(logits, samples, rows),
                        rows.length));
                metrics.add(new SliceMetric(
                        slicing.name(),
                        label,
                        SampleMetric.LOG_LOSS,
                        LogLoss.of(logits, samples, rows),
                        bootstrap.ofLogLoss(logits, samples, rows),
                        rows.length));
            }
        }
        return metrics;
    }

    /**
     * Ranking metrics of every part that has users, for slicings that keep groups whole.
     *
     * @param groupOf the sample group of each ranked user
     * @param values the values of each ranked user by metric, in the order of the results
     */
    public static List<SliceMetric> ofRankings(
            List<Slicing> slicings,
            Samples samples,
            int[] groupOf,
            Map<? extends Metric, double[]> values,
            UserBootstrap bootstrap) {
        List<SliceMetric> metrics = new ArrayList<>();
        SampleLists lists = samples.lists();
        for (Slicing slicing : slicings) {
            if (!slicing.wholeGroups()) {
                continue;
            }
            for (int part = 0; part < slicing.labels().size(); part++) {
                int wanted = part;
                for (Map.Entry<? extends Metric, double[]> metric : values.entrySet()) {
                    double[] own = IntStream.range(0, groupOf.length)
                            .filter(user -> slicing.partOf()[lists.from(groupOf[user])] == wanted)
                            .mapToDouble(user -> metric.getValue()[user])
                            .filter(value -> !Double.isNaN(value))
                            .toArray();
                    if (own.length == 0) {
                        continue;
                    }
                    metrics.add(new SliceMetric(
                            slicing.name(),
                            slicing.labels().get(part),
                            metric.getKey(),
                            OptionalDouble.of(Mean.of(own)),
                            bootstrap.ofMean(own),
                            own.length));
                }
            }
        }
        return metrics;
    }
}
