// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.Worlds;

class NearestItemsTest {
    private static final int ITEMS = 700;

    @Test
    void equalsAFullSortForAnyThreadsAndGroups() throws InterruptedException {
        long seed = Long.getLong("sllmr.seed", 1);
        Embeddings embeddings = Worlds.embeddings(ITEMS, 13, seed);
        InteractionLog log = Worlds.log(60, ITEMS, 0, 25, seed);
        float[] bonuses = new float[ITEMS];
        for (int item = 0; item < ITEMS; item += 7) {
            bonuses[item] = 0.2f;
        }
        for (int nearest = 1; nearest <= 3; nearest++) {
            EmbeddingTeacherSettings settings = new EmbeddingTeacherSettings(List.of(), 5, nearest, CosineScale.AFFINE);
            for (int threads = 1; threads <= 3; threads++) {
                TopItems top = new TopItems(log.users(), 20);
                try (Blocks blocks = new Blocks(threads)) {
                    int distinct = threads == 1 ? 100_000 : 17;
                    new CatalogueScan(embeddings, settings, log, bonuses, top, distinct)
                            .run(blocks, ProgressListener.NONE, ScanFile.NONE);
                }
                NearestItems found = top.sorted();
                for (int user = 0; user < log.users(); user++) {
                    assertThat(Arrays.copyOfRange(found.items(), found.offsets()[user], found.offsets()[user + 1]))
                            .as("seed %s, user %s, nearest %s, threads %s", seed, user, nearest, threads)
                            .containsExactly(slow(embeddings, settings, log, user, bonuses, 20));
                }
            }
        }
    }

    private static int[] slow(
            Embeddings embeddings,
            EmbeddingTeacherSettings settings,
            InteractionLog log,
            int user,
            float[] bonuses,
            int count) {
        int[] recent = Worlds.history(log, user, settings.historyLength());
        int[] whole = Worlds.history(log, user, Integer.MAX_VALUE);
        float[] values = new float[embeddings.items()];
        for (int item = 0; item < values.length; item++) {
            values[item] = Worlds.affinity(embeddings, recent, settings.nearest(), item) + bonuses[item];
        }
        return IntStream.range(0, values.length)
                .filter(item -> !Float.isNaN(values[item]))
                .filter(item -> Arrays.stream(whole).noneMatch(other -> other == item))
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> -values[item])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
