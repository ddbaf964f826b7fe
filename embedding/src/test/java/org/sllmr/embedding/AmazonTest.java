// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.data.Instances;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.AmazonData;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.scoring.SampleScoring;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.CosineScale;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

/** The embedding teacher on real data. */
class AmazonTest {
    private static final Logger LOGGER = LoggerFactory.getLogger(AmazonTest.class);
    private static final EmbeddingTeacherSettings SETTINGS =
            new EmbeddingTeacherSettings(List.of("title", "categories"), 10, 1, CosineScale.AFFINE);

    @Test
    void ranksNextItemsAboveRandomOnes(@TempDir Path cache) throws Exception {
        TrainingData data = AmazonData.load("Beauty");
        // Every 150th user, because the first users of the file are not representative.
        Instances all = data.validation().samples().instances();
        int[] sample = IntStream.range(0, all.size())
                .filter(row -> all.users()[row] % 150 == 0)
                .toArray();
        Instances rows =
                new Instances(pick(all.users(), sample), pick(all.items(), sample), pick(all.positions(), sample));
        Set<Integer> needed = new HashSet<>();
        for (int row = 0; row < rows.size(); row++) {
            needed.add(rows.items()[row]);
            int user = rows.users()[row];
            IntStream.range(0, data.log().length(user))
                    .forEach(position -> needed.add(data.log().item(user, position)));
        }
        List<String> itemTexts = ItemTexts.of(data.catalogue(), SETTINGS.textColumns());
        List<String> texts = IntStream.range(0, itemTexts.size())
                .mapToObj(item -> needed.contains(item) ? itemTexts.get(item) : "")
                .toList();
        try (MiniLmEncoder encoder = MiniLmEncoder.open();
                Blocks blocks = new Blocks(2)) {
            Embeddings embeddings = new EmbeddingCache(cache).embed(texts, encoder, blocks, ProgressListener.NONE);
            EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, encoder.hash(), SETTINGS);
            assertThat(auc(SampleScoring.scores(teacher, rows, data.log(), blocks)))
                    .isBetween(0.62, 0.85);
        }
    }

    private static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(row -> values[row]).toArray();
    }

    /** A measurement: {@code -Dsllmr.measure=Beauty,Toys} prints its figures. */
    @Test
    @EnabledIfSystemProperty(named = "sllmr.measure", matches = ".+")
    void measure(@TempDir Path folder) throws Exception {
        for (String domain : System.getProperty("sllmr.measure").split(",")) {
            TrainingData data = AmazonData.load(domain);
            for (String columns :
                    System.getProperty("sllmr.columns", "title,categories").split(";")) {
                measure(data, List.of(columns.split(",")), folder);
            }
        }
    }

    private static void measure(TrainingData data, List<String> columns, Path folder) throws Exception {
        EmbeddingTeacherSettings settings = new EmbeddingTeacherSettings(columns, 10, 1, CosineScale.AFFINE);
        try (MiniLmEncoder encoder = MiniLmEncoder.open();
                Blocks blocks = new Blocks(2)) {
            Stopwatch watch = new Stopwatch(data.name() + " " + columns);
            Embeddings embeddings = new EmbeddingCache(Path.of("target", "embeddings"))
                    .embed(ItemTexts.of(data.catalogue(), columns), encoder, blocks, ProgressListener.NONE);
            watch.lap("embedded " + embeddings.embedded() + " of " + embeddings.items());
            EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, encoder.hash(), settings);
            double auc = auc(
                    SampleScoring.scores(teacher, data.validation().samples().instances(), data.log(), blocks));
            watch.lap("validation AUC " + auc);
            PlanSettings sizes = new PlanSettings(
                    new PlanSettings.Nearest(100, 100, 0.15, 0.2),
                    new PlanSettings.Popular(0, 0),
                    new PlanSettings.ColdStart(0, 3, 1),
                    new PlanSettings.LongTail(0, 0),
                    0,
                    new PlanSettings.HeldOut(0, 20));
            new Planner(data, embeddings, settings, sizes, new Seed(1)).plan(blocks, ProgressListener.NONE);
            watch.lap("nearest 100 of every user");
            CandidatePlan plan = new Planner(data, embeddings, settings, PlanSettings.defaults(), new Seed(1))
                    .plan(blocks, ProgressListener.NONE);
            watch.lap("plan " + plan.sizes());
            TeacherTableFile table = null;
            for (int round = 0; round < 5; round++) {
                table = Scoring.run(teacher, plan, data.log(), blocks, ProgressListener.NONE);
                watch.lap("scored " + plan.size());
            }
            Path file = folder.resolve("table.bin");
            table.write(file);
            watch.lap("wrote " + Files.size(file) + " bytes");
            TeacherTableFile.read(file, data);
            watch.lap("read");
        }
    }

    /** Probability that a positive scores above a negative, ties counting half; rows without a score are left out. */
    private static double auc(float[] scores) {
        float[] positives = valid(scores, 0);
        float[] negatives = valid(scores, 1);
        double wins = 0;
        for (float positive : positives) {
            wins += (below(negatives, Math.nextDown(positive)) + below(negatives, positive)) / 2.0;
        }
        return wins / positives.length / negatives.length;
    }

    private static float[] valid(float[] scores, int first) {
        float[] valid = new float[scores.length];
        int size = 0;
        for (int row = first; row < scores.length; row += 2) {
            if (!Float.isNaN(scores[row])) {
                valid[size++] = scores[row];
            }
        }
        float[] sorted = Arrays.copyOf(valid, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Number of values up to and including a limit. */
    private static int below(float[] sorted, float limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static final class Stopwatch {
        private final String what;
        private long wall = System.nanoTime();
        private long processor = processor();

        Stopwatch(String what) {
            this.what = what;
        }

        void lap(String done) {
            LOGGER.info(
                    "{}: {}; {} s, processor {} s",
                    what,
                    done,
                    (System.nanoTime() - wall) / 1e9,
                    (processor() - processor) / 1e9);
            wall = System.nanoTime();
            processor = processor();
        }

        private static long processor() {
            return ((com.sun.management.OperatingSystemMXBean)
                            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }
    }
}
