// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.embedding;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.AmazonData;
import org.sllmr.teacher.concurrent.Blocks;
import org.sllmr.teacher.concurrent.ProgressListener;

class BeautyTest {
    @Test
    void measure() throws Exception {
        for (String domain : System.getProperty("domains", "Beauty").split(",")) {
            TrainingData data = AmazonData.load(domain);
            for (String columns :
                    System.getProperty("columns", "title,categories").split(";")) {
                EmbeddingTeacherSettings settings =
                        new EmbeddingTeacherSettings(List.of(columns.split(",")), 10, 1, CosineScale.AFFINE);
                try (MiniLmEncoder encoder = MiniLmEncoder.open();
                        Blocks blocks = new Blocks(2)) {
                    long start = System.nanoTime();
                    List<String> texts = ItemTexts.of(data.catalogue(), settings.textColumns());
                    Embeddings embeddings = new EmbeddingCache(Path.of("target/cache"))
                            .embed(texts, encoder, blocks, ProgressListener.SILENT);
                    System.err.printf(
                            "%s %s: embed %.1f s, %d of %d%n",
                            domain,
                            columns,
                            (System.nanoTime() - start) / 1e9,
                            embeddings.embedded(),
                            embeddings.items());
                    for (int nearest : new int[] {1, 2, 3}) {
                        EmbeddingTeacher teacher = new EmbeddingTeacher(
                                embeddings,
                                encoder.hash(),
                                new EmbeddingTeacherSettings(settings.textColumns(), 10, nearest, CosineScale.AFFINE));
                        start = System.nanoTime();
                        float[] scores = teacher.score(data.validation().instances(), data.log(), blocks);
                        System.err.printf(
                                "nearest %d auc %.4f in %.2f s%n",
                                nearest, auc(scores), (System.nanoTime() - start) / 1e9);
                    }
                    for (int round = 0; round < 2; round++) {
                        start = System.nanoTime();
                        NearestItems nearest = NearestItems.find(
                                embeddings,
                                settings,
                                data.log(),
                                new float[embeddings.items()],
                                100,
                                blocks,
                                ProgressListener.SILENT);
                        System.err.printf(
                                "nearest 100: %.2f s, %d items%n",
                                (System.nanoTime() - start) / 1e9, nearest.items().length);
                        EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, encoder.hash(), settings);
                        start = System.nanoTime();
                        float[] scores = new float[nearest.items().length];
                        blocks.run(data.log().users(), 64, (from, to) -> {
                            int[] history = new int[10];
                            for (int user = from; user < to; user++) {
                                int length = data.log().length(user);
                                int first = Math.max(0, length - 10);
                                data.log().copyItems(user, first, length, history, 0);
                                teacher.score(
                                        history,
                                        length - first,
                                        nearest.items(),
                                        nearest.offsets()[user],
                                        nearest.offsets()[user + 1],
                                        scores);
                            }
                        });
                        double seconds = (System.nanoTime() - start) / 1e9;
                        System.err.printf(
                                "scored %.2f s: %.1f M pairs a minute%n", seconds, scores.length / seconds * 60 / 1e6);
                        int different = 0;
                        for (int i = 0; i < scores.length; i++)
                            different += scores[i] != CosineScale.AFFINE.score(nearest.values()[i]) ? 1 : 0;
                        System.err.println("different " + different);
                    }
                }
            }
        }
    }

    static double auc(float[] scores) {
        long valid = 0;
        float[] positives = new float[scores.length / 2];
        float[] negatives = new float[scores.length / 2];
        int n = 0, m = 0;
        for (int i = 0; i < scores.length; i += 2) {
            if (!Float.isNaN(scores[i])) positives[n++] = scores[i];
            if (!Float.isNaN(scores[i + 1])) negatives[m++] = scores[i + 1];
        }
        Arrays.sort(negatives, 0, m);
        double wins = 0;
        for (int i = 0; i < n; i++) {
            int low = lower(negatives, m, positives[i], false);
            int high = lower(negatives, m, positives[i], true);
            wins += low + (high - low) / 2.0;
        }
        return wins / n / m;
    }

    static int lower(float[] sorted, int size, float value, boolean after) {
        int low = 0, high = size;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (sorted[mid] < value || (after && sorted[mid] == value)) low = mid + 1;
            else high = mid;
        }
        return low;
    }
}
