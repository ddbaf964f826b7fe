// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.scoring.SampleScoring;

class EmbeddingTeacherTest {
    private static final int ITEMS = 900;

    @Test
    void equalsASlowComparison() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).generator();
        Embeddings embeddings = Worlds.embeddings(ITEMS, 19, seed);
        InteractionLog log = Worlds.log(40, ITEMS, 0, 14, seed);
        for (CosineScale scale : CosineScale.values()) {
            for (int nearest : new int[] {1, 2, 4}) {
                EmbeddingTeacher teacher = new EmbeddingTeacher(
                        embeddings, "hash", new EmbeddingTeacherSettings(List.of(), 4, nearest, scale));
                for (int user = 0; user < log.users(); user++) {
                    int[] history = Worlds.history(log, user, 4);
                    int[] candidates =
                            random.ints(random.nextInt(1, 600), 0, ITEMS).toArray();
                    float[] scores = new float[candidates.length];
                    teacher.score(history, history.length, candidates, 0, candidates.length, scores);
                    for (int index = 0; index < candidates.length; index++) {
                        float cosine = Worlds.affinity(embeddings, history, nearest, candidates[index]);
                        float expected = scale == CosineScale.AFFINE ? (1 + cosine) / 2 : Math.max(0, cosine);
                        assertThat(scores[index])
                                .as("seed %s, user %s, candidate %s", seed, user, candidates[index])
                                .isEqualTo(Float.valueOf(Float.isNaN(cosine) ? Float.NaN : Math.min(1, expected)));
                    }
                }
            }
        }
    }

    @Test
    void writesOnlyTheRequestedRange() {
        Embeddings embeddings = new Embeddings(2, new boolean[] {true, true}, new float[] {1, 0, 0, 1});
        EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, "hash", EmbeddingTeacherSettings.defaults());
        float[] scores = {-1, -1, -1};
        teacher.score(new int[] {0}, 1, new int[] {0, 1, 0}, 1, 2, scores);
        assertThat(scores).containsExactly(-1, 0.5f, -1);
    }

    @Test
    void samplesAreScoredWithTheHistoryBeforeThem() throws InterruptedException {
        Embeddings embeddings =
                new Embeddings(2, new boolean[] {true, true, true, false}, new float[] {1, 0, 0, 1, 0.6f, 0.8f, 0, 0});
        InteractionLog log = InteractionLog.of(new int[] {0, 2, 3}, new int[] {0, 1, 3}, new long[3]);
        EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, "hash", EmbeddingTeacherSettings.defaults());
        Instances rows = new Instances(new int[] {0, 0, 0, 0, 1}, new int[] {2, 2, 2, 3, 2}, new int[] {0, 1, 2, 2, 1});
        for (int threads = 1; threads <= 2; threads++) {
            try (Blocks blocks = new Blocks(threads)) {
                assertThat(SampleScoring.scores(teacher, rows, log, blocks))
                        .containsExactly(Float.NaN, 0.8f, 0.9f, Float.NaN, Float.NaN);
            }
        }
    }

    @Test
    void everyWrongSettingIsReported() {
        assertThatThrownBy(() -> new EmbeddingTeacherSettings(List.of(), 0, 2, CosineScale.AFFINE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("historyLength: is 0, allowed is 1 to 1000")
                .hasMessageContaining("nearest: is 2");
    }
}
