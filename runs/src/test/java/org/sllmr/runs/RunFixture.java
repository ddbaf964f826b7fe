// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.SampleMetric;

/** Runs with made-up numbers for tests. */
public final class RunFixture {
    private RunFixture() {}

    /** The five metrics; a NaN stands for one that is not defined. */
    public static SplitMetrics metrics(double auc, double cold, double tail, double pairs, double logLoss) {
        Map<SampleMetric, Measurement> all = new EnumMap<>(SampleMetric.class);
        all.put(SampleMetric.AUC, measurement(auc, 6000));
        all.put(SampleMetric.LOG_LOSS, measurement(logLoss, 6000));
        all.put(SampleMetric.AUC_COLD, measurement(cold, 2100));
        all.put(SampleMetric.AUC_LONG_TAIL, measurement(tail, 700));
        all.put(SampleMetric.AUC_LONG_TAIL_PAIRS, measurement(pairs, 240));
        return new SplitMetrics(all);
    }

    private static Measurement measurement(double value, int samples) {
        return new Measurement(
                Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value), samples, samples / 2);
    }

    /** Contents of a run of the given number of epochs, with or without a gate, which closes. */
    public static RunContents contents(
            String configuration, String dataName, long seed, SplitMetrics test, int epochs, boolean gate) {
        List<EpochResult> log = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double fall = Math.exp(-0.5 * epoch) + 0.003 * seed;
            log.add(new EpochResult(
                    epoch,
                    0.52 + 0.15 * fall,
                    gate ? 0.04 * fall : 0,
                    0.01,
                    metrics(
                            0.79 - 0.1 * fall - 0.004 * Math.max(0, epoch - epochs + 2) + (gate ? 0.003 : 0),
                            Double.NaN,
                            0.7,
                            0.6,
                            0.54 + 0.1 * fall),
                    gate ? Optional.of(guidance(epoch, seed)) : Optional.empty(),
                    1.25,
                    80_000));
        }
        return new RunContents(
                configuration,
                new RunMetrics(test, test, Math.max(1, epochs - 2), epochs),
                log,
                provenance(
                        configuration,
                        dataName,
                        seed,
                        gate
                                ? Optional.of(new TeacherSource("x.scores", "0a1b", "embedding", "MiniLM", "2c3d"))
                                : Optional.empty()));
    }

    private static GuidanceEpoch guidance(int epoch, long seed) {
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put("cold", 0.9 - 0.07 * epoch + 0.01 * seed);
        weights.put("tail", 1.1 - 0.05 * epoch + 0.01 * seed);
        weights.put("uncertainty", 0.4 - 0.12 * epoch + 0.01 * seed);
        weights.put("bias", -0.2 - 0.2 * epoch + 0.01 * seed);
        Map<String, Double> regions = new LinkedHashMap<>();
        regions.put("cold user, tail item", 0.85 - 0.03 * epoch + 0.004 * seed);
        regions.put("cold user, head item", 0.64 - 0.03 * epoch + 0.004 * seed);
        regions.put("warm user, tail item", 0.70 - 0.035 * epoch + 0.004 * seed);
        regions.put("warm user, head item", 0.45 - 0.03 * epoch + 0.004 * seed);
        return new GuidanceEpoch(epoch, weights, regions, 0.4, 0.3, 61.5, Optional.empty());
    }

    private static Provenance provenance(
            String configuration, String dataName, long seed, Optional<TeacherSource> teacher) {
        return new Provenance(
                Provenance.hash(configuration),
                seed,
                dataName,
                "5f1d7a84746e0bbf",
                teacher,
                Optional.of("0123456789abcdef"),
                Map.of("sllmr", "0.1.0"),
                new Machine("Some Vendor 17.0.12+7", "Linux 6.1 amd64", "A Processor @ 2.60GHz", 2, "SIMD of 512 bits"),
                Instant.parse("2026-01-02T03:04:05Z"),
                Instant.parse("2026-01-02T03:04:17Z"));
    }
}
