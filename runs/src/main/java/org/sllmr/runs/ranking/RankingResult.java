// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sllmr.evaluation.ranking.ListMetrics;
import org.sllmr.evaluation.slice.SliceMetric;
import org.sllmr.runs.Machine;

/**
 * The results of the full ranking of a run.
 *
 * @param split {@code test} or {@code validation}
 * @param users number of users ranked
 * @param ofUsers number of all users
 * @param items number of items of the catalogue
 * @param meanCandidates mean number of candidates of a user
 * @param confidence coverage of all intervals
 * @param metrics means over users by name
 * @param lists metrics of the lists' first k items, by k
 * @param slices ranking metrics by part of the users; empty unless requested
 * @param provenance data, run and machine of the results
 */
public record RankingResult(
        String split,
        int users,
        int ofUsers,
        int items,
        double meanCandidates,
        double confidence,
        Map<String, Estimate> metrics,
        Map<Integer, ListMetrics> lists,
        List<PartMetric> slices,
        Provenance provenance) {
    /** Copies the maps and lists, keeping their order. */
    public RankingResult {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
        slices = List.copyOf(slices);
    }

    /**
     * A mean over users.
     *
     * @param value the mean
     * @param lower lower end of its bootstrap interval over users
     * @param upper upper end
     */
    public record Estimate(double value, double lower, double upper) {}

    /**
     * A metric of a part of the samples, in the form of the files.
     *
     * @param slicing what the samples are divided by
     * @param part label of the part
     * @param metric name of the metric
     * @param value the value; null if undefined
     * @param lower lower end of its interval; null if undefined
     * @param upper upper end
     * @param n number of rows, or of users for ranking metrics
     */
    public record PartMetric(
            String slicing,
            String part,
            String metric,
            @Nullable Double value,
            @Nullable Double lower,
            @Nullable Double upper,
            int n) {
        /** Converts a slice's metric. */
        public static PartMetric of(SliceMetric metric) {
            return new PartMetric(
                    metric.slicing(),
                    metric.part(),
                    metric.metric().key(),
                    metric.value().isPresent() ? metric.value().getAsDouble() : null,
                    metric.interval().map(interval -> interval.lower()).orElse(null),
                    metric.interval().map(interval -> interval.upper()).orElse(null),
                    metric.n());
        }
    }

    /**
     * Data, run and machine of the results.
     *
     * @param configurationHash of the run's configuration
     * @param dataName name of the dataset
     * @param dataHash content hash of the dataset
     * @param seed root of the sample of users and of the intervals
     * @param versions versions of the libraries that compute, by name
     * @param machine Java, operating system, processor and kernels
     * @param started when ranking began
     * @param seconds duration of scoring
     * @param scoresPerSecond scores a second
     */
    public record Provenance(
            String configurationHash,
            String dataName,
            String dataHash,
            long seed,
            Map<String, String> versions,
            Machine machine,
            Instant started,
            double seconds,
            double scoresPerSecond) {}
}
