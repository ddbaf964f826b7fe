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
 * @param configuration the configuration to start from, seen from the file's folder; the defaults unless given
 * @param set settings that all trials share, written as after {@code --set}
 * @param ranges what is searched: a range for each setting
 * @param metric validation metric that decides, such as {@code auc}, {@code aucLongTailPairs} or {@code logLoss}
 * @param trials how many settings are tried, 1 or more
 * @param seeds training seeds of each trial; their mean decides
 * @param seed of the draws of settings
 * @param method how epochs are spent
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
                .require(!seeds.isEmpty(), "seeds", "are none; list at least one")
                .done();
    }

    /** Sixteen trials by validation AUC, successively halved. */
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

    /** The metric that decides. */
    SampleMetric decidesBy() {
        return SampleMetric.of(metric).orElseThrow();
    }

    /** Whether one value of the metric is better than another. */
    boolean better(double one, double other) {
        return decidesBy().higherIsBetter() ? one > other : one < other;
    }

    static final Variants VARIANTS = Variants.none()
            .with(Range.class, "uniform", Range.Uniform.class)
            .with(Range.class, "log-uniform", Range.LogUniform.class)
            .with(Range.class, "integer", Range.Whole.class)
            .with(Range.class, "choice", Range.Choice.class)
            .with(SearchMethod.class, "random", SearchMethod.RandomSearch.class)
            .with(SearchMethod.class, "successive-halving", SearchMethod.SuccessiveHalving.class);
}
