// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.evaluation.SampleMetric;

/**
 * A search as its file declares it.
 *
 * @param configuration the configuration to start from, relative to the file's folder; default: all settings at their
 *     defaults
 * @param set settings that all trials share, written as after {@code --set}
 * @param ranges the settings to search, each with its range
 * @param metric validation metric to optimize, such as {@code auc}, {@code aucLongTailPairs} or {@code logLoss}
 * @param trials number of trials, 1 or more
 * @param seeds training seeds of each trial; their mean decides
 * @param seed of the drawn settings
 * @param method how epochs are distributed
 */
public record SearchSettings(
        Optional<Path> configuration,
        Map<String, String> set,
        Map<String, Range> ranges,
        String metric,
        int trials,
        List<Long> seeds,
        long seed,
        SearchMethod method) {
    /** Copies, and checks the numbers. */
    public SearchSettings {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
        seeds = List.copyOf(seeds);
        new Checks()
                .between("trials", trials, 1, 100_000)
                .require(
                        SampleMetric.of(metric).isPresent(),
                        "metric",
                        "is '" + metric + "', allowed is one of " + SampleMetric.keys())
                .require(!seeds.isEmpty(), "seeds", "must not be empty")
                .done();
    }

    /** Sixteen trials by validation AUC and successive halving. */
    public static SearchSettings defaults() {
        return new SearchSettings(
                Optional.empty(),
                Map.of(),
                Map.of(),
                SampleMetric.AUC.key(),
                16,
                List.of(1L),
                1,
                SearchMethod.SuccessiveHalving.defaults());
    }

    /** Reads a search's file. */
    public static SearchSettings read(Path file) {
        return SettingsReader.of(SearchSettings.class, VARIANTS).file(file).read();
    }

    /** The metric to optimize. */
    SampleMetric decidesBy() {
        return SampleMetric.of(metric).orElseThrow();
    }

    /** Whether one value of the metric is better than another. */
    boolean better(double one, double other) {
        return decidesBy().isBetter(one, other);
    }

    static final Variants VARIANTS = Variants.none()
            .with(Range.class, "uniform", Range.Uniform.class)
            .with(Range.class, "log-uniform", Range.LogUniform.class)
            .with(Range.class, "integer", Range.Integers.class)
            .with(Range.class, "choice", Range.Choice.class)
            .with(SearchMethod.class, "random", SearchMethod.RandomSearch.class)
            .with(SearchMethod.class, "successive-halving", SearchMethod.SuccessiveHalving.class);
}
