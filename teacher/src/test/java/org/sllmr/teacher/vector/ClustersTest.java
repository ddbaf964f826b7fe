// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.Worlds;

class ClustersTest {
    @Test
    void everyItemWithTextIsInOneClusterForAnyThreads() throws InterruptedException {
        Embeddings embeddings = Worlds.embeddings(600, 11, 3);
        Clusters one = clusters(embeddings, 16, 1);
        Clusters three = clusters(embeddings, 16, 3);
        assertThat(three.items()).containsExactly(one.items());
        assertThat(three.offsets()).containsExactly(one.offsets());
        assertThat(one.size()).isEqualTo(16);
        int[] sorted = one.items().clone();
        Arrays.sort(sorted);
        assertThat(sorted).hasSize(embeddings.embedded()).doesNotHaveDuplicates();
        assertThat(Arrays.stream(sorted).allMatch(item -> embeddings.present()[item]))
                .isTrue();
    }

    @Test
    void findsSeparateClusters() throws InterruptedException {
        int items = 90;
        boolean[] present = new boolean[items];
        Arrays.fill(present, true);
        float[] values = new float[items * 3];
        for (int item = 0; item < items; item++) {
            values[item * 3 + item % 3] = 1;
        }
        Clusters clusters = clusters(new Embeddings(3, present, values), 12, 2);
        for (int cluster = 0; cluster < clusters.size(); cluster++) {
            assertThat(Arrays.stream(clusters.items(), clusters.offsets()[cluster], clusters.offsets()[cluster + 1])
                            .map(item -> item % 3)
                            .distinct()
                            .count())
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void fewerItemsThanClustersAndNoItems() throws InterruptedException {
        assertThat(clusters(Worlds.embeddings(3, 4, 8), 10, 1).size()).isLessThanOrEqualTo(3);
        assertThat(clusters(new Embeddings(4, new boolean[5], new float[20]), 10, 1)
                        .items())
                .isEmpty();
    }

    private static Clusters clusters(Embeddings embeddings, int count, int threads) throws InterruptedException {
        try (Blocks blocks = new Blocks(threads)) {
            return Clusters.of(embeddings, count, new Seed(5), blocks);
        }
    }
}
