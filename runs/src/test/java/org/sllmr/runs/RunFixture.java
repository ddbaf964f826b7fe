// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainedRows;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.model.TrainingState;
import org.sllmr.model.schema.SchemaFit;

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

    /** Writes a run with every file that a run may have. */
    public static void writeWhole(Path folder, ModelWriter model) {
        RunContents plain = contents("seed: 3\n", "sample", 3, metrics(0.75, 0.8, 0.7, 0.6, 0.5), 2, true);
        RunOrigin.Ancestor before = new RunOrigin.Ancestor("runs/before", "ab", "cd", "sample", "ef");
        DataNews news = new DataNews(
                4,
                3,
                List.of(new DataNews.NewValues("user", 2, 1, 0)),
                List.of(new DataNews.KeptNumbers("item.price", List.of(1f, 0.5f), List.of(1.5f, 0.25f))));
        Samples test = new Samples(new Instances(new int[] {0, 0}, new int[] {1, 2}, new int[] {1, 1}), 1);
        RunContents contents = new RunContents(
                plain.configuration(),
                plain.metrics(),
                plain.epochs(),
                plain.epochs(),
                plain.provenance(),
                Optional.of(ScoreHistogram.of(new float[] {0.5f, -0.25f}, test)),
                Optional.of(new RunOrigin(Optional.of(before), Optional.empty(), Optional.of(news))));
        RunMemory memory = new RunMemory(
                "time",
                false,
                new SchemaFit(
                        List.of("user", "item.price"),
                        List.of(
                                new SchemaFit.KnownTable("user", 3, List.of("a", "Ä", "c"), new int[] {2}),
                                new SchemaFit.KnownTable("item.price", 2, List.of(), new int[0])),
                        List.of(new SchemaFit.FittedNumbers("item.price", "standardized", new float[] {1, 0.5f}))),
                new TrainedRows(
                        List.of("a", "Ä", "c"),
                        new int[] {2, 1, 0},
                        new long[] {Long.MIN_VALUE, -1, 7},
                        new int[] {1, 1, 0},
                        new long[] {3, Long.MAX_VALUE, 9},
                        1_700_000_000));
        TrainingState training =
                new TrainingState(List.of(new float[] {1, -0.5f, 3e-9f}, new float[0], new float[] {7}), 12, 0.01);
        Blend blend = new Blend(
                "embedding",
                "MiniLM",
                Map.of("history", "last"),
                "x.scores",
                "0a1b",
                List.of(0.5, -0.25, 1e-9, 2.0, 3.5),
                -1.25,
                0.125,
                0.75,
                Optional.of(1.5),
                200);
        RunParts.Scores scores = new RunParts.Scores(
                RunScores.of(new float[] {-2, 3e-9f}, test), RunScores.of(new float[] {0.5f, -0.25f}, test));
        RunFolder.write(
                folder,
                contents,
                model,
                new RunParts(Optional.of(new RunState(memory, training)), Optional.of(blend), Optional.of(scores)));
    }

    /** All that the files of a run say, but for its model. */
    public static List<Object> readWhole(Path folder) throws IOException {
        RunFolder run = RunFolder.open(folder);
        RunState state = run.state().orElseThrow();
        return List.of(
                run.contents(), state.memory(), state.training(), run.blend().orElseThrow());
    }

    /** Gives the grid whose runs are in a folder something to be known by that is always the same. */
    public static void identifyGrid(Path runs) throws IOException {
        Files.createDirectories(runs);
        GridPlace.write(runs, "0123456789abcdef0123456789abcdef");
    }

    /** Where a run says that it was made: grid, cell and seed. */
    public static Object place(Path folder) throws IOException {
        Path file = folder.resolve("place.json");
        return RunJson.readPlace(file, Files.readString(file));
    }

    private static Provenance provenance(
            String configuration, String dataName, long seed, Optional<TeacherSource> teacher) {
        return new Provenance(
                Provenance.hash(configuration),
                seed,
                dataName,
                "5f1d7a84746e0bbf",
                teacher,
                List.of(),
                Optional.of("0123456789abcdef"),
                Map.of("sllmr", "0.1.0"),
                new Machine("Some Vendor 17.0.12+7", "Linux 6.1 amd64", "A Processor @ 2.60GHz", 2, "SIMD of 512 bits"),
                Optional.empty(),
                Instant.parse("2026-01-02T03:04:05Z"),
                Instant.parse("2026-01-02T03:04:17Z"));
    }
}
