// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sllmr.cli.quickstart.QuickstartReport.MethodRun;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.PValue;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.report.result.UserTestSource;
import org.sllmr.runs.RunFixture;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.SplitMetrics;

/** A quickstart with made-up numbers. */
public final class ReportFixture {
    private static final String CONFIGURATION = """
            backbone:
              type: DeepFM
              embeddingDimension: 32
              layers: [200, 80]
              dropout: 0.1
            training:
              batchSize: 128
              learningRate: 0.01
              weightDecay: 1.0e-4
              maxEpochs: 20
              patience: 2
            """;
    private static final String GUIDANCE = """
            guidance:
              type: SelectivePairwise
              lambda: 0.1
              margin: 0.5
              maxPairs: 256
            """;

    private ReportFixture() {}

    public static QuickstartReport report(Path folder, String dataName, int seeds) {
        MethodSettings baseline = new MethodSettings("DeepFM alone", "backbone", "DeepFM", CONFIGURATION);
        MethodSettings method = new MethodSettings("S-LLMR", "s-llmr", "DeepFM", CONFIGURATION + GUIDANCE);
        SplittableRandom random = new SplittableRandom(3);
        List<MethodRun> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            double shift = random.nextDouble(-0.002, 0.002);
            runs.add(run(folder, baseline, dataName, seed, metrics(random, shift, 0, 0, 0, 0), 7 + seed % 3, false));
            runs.add(run(
                    folder,
                    method,
                    dataName,
                    seed,
                    metrics(random, shift, 0.0011, 0.012, 0.017, 0.03),
                    8 + seed % 2,
                    true));
        }
        List<NextStep> steps = List.of(new NextStep("See where your own data is thin:", "./sllmr data describe DIR"));
        return new QuickstartReport(
                summary(dataName), baseline, method, runs, result(dataName, seeds), UserTestSource.NONE, steps);
    }

    /** Not significant overall, better in the slices; not tested with one seed. */
    static FirstResult result(String dataName, int seeds) {
        return new FirstResult(
                "DeepFM on " + dataName,
                "S-LLMR",
                seeds,
                3000,
                List.of(
                        row(SampleMetric.AUC, 0.7912, 0.7923, 0.0011, seeds, 0.21, Verdict.NOT_SIGNIFICANT),
                        row(SampleMetric.AUC_COLD, 0.7431, 0.7551, 0.0120, seeds, 0.0004, Verdict.BETTER),
                        row(SampleMetric.AUC_LONG_TAIL, 0.7208, 0.7378, 0.0170, seeds, 0.0012, Verdict.BETTER),
                        row(SampleMetric.LOG_LOSS, 0.5466, 0.5455, -0.0011, seeds, 0.0301, Verdict.NOT_SIGNIFICANT)));
    }

    private static FirstResult.Row row(
            SampleMetric metric, double alone, double guided, double difference, int seeds, double p, Verdict verdict) {
        return new FirstResult.Row(
                metric,
                alone,
                guided,
                difference,
                difference - 0.0031,
                difference + 0.0031,
                seeds < 2 ? Optional.empty() : Optional.of(new PValue(p)),
                new PValue(p / 2),
                seeds < 2 ? Verdict.NOT_TESTED : verdict);
    }

    private static SplitMetrics metrics(
            SplittableRandom random, double shift, double auc, double cold, double tail, double pairs) {
        return RunFixture.metrics(
                0.7912 + shift + auc + random.nextDouble(-0.0015, 0.0015),
                0.7431 + shift + cold + random.nextDouble(-0.003, 0.003),
                0.7208 + shift + tail + random.nextDouble(-0.006, 0.006),
                0.6422 + shift + pairs + random.nextDouble(-0.008, 0.008),
                0.5466 - shift - auc + random.nextDouble(-0.001, 0.001));
    }

    private static MethodRun run(
            Path folder,
            MethodSettings method,
            String dataName,
            long seed,
            SplitMetrics test,
            int epochs,
            boolean gate) {
        Path place = folder.resolve(method.name() + "-" + seed);
        return new MethodRun(
                method.name(),
                RunFolder.write(
                        place,
                        RunFixture.contents(method.configuration(), dataName, seed, test, epochs, gate),
                        file -> Files.writeString(file, "weights")));
    }

    static DataSummary summary(String dataName) {
        List<Integer> lengths = new ArrayList<>();
        int users = 0;
        int interactions = 0;
        for (int length = 0; length <= 60; length++) {
            int count = length < 1 ? 0 : (int) (1500 / Math.pow(length, 1.4));
            lengths.add(count);
            users += count;
            interactions += count * length;
        }
        int[] popularities = new int[2400];
        boolean[] tail = new boolean[popularities.length];
        for (int item = 0; item < popularities.length; item++) {
            popularities[item] = (int) (900 / Math.pow(item + 4, 0.8));
            tail[item] = item >= popularities.length * 4 / 5;
        }
        return new DataSummary(
                dataName,
                users,
                popularities.length,
                interactions,
                interactions - users,
                lengths,
                popularities,
                3,
                tail);
    }
}
