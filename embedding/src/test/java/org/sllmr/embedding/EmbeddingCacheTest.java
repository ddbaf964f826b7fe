// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.vector.Embeddings;

class EmbeddingCacheTest {
    private static final List<String> TEXTS =
            IntStream.range(0, 1000).mapToObj(index -> "text " + index).toList();

    @TempDir
    Path folder;

    @Test
    void embedsOnce() throws Exception {
        FakeEncoder first = new FakeEncoder("a");
        Embeddings made = embed(TEXTS, first, 2);
        assertThat(first.encoded.get()).isEqualTo(1000);
        FakeEncoder second = new FakeEncoder("a");
        Embeddings read = embed(TEXTS, second, 1);
        assertThat(second.encoded.get()).isZero();
        assertThat(read.values()).containsExactly(made.values());
    }

    @Test
    void onlyNewTextsAreEmbedded() throws Exception {
        embed(TEXTS, new FakeEncoder("a"), 2);
        List<String> some = new ArrayList<>(TEXTS.subList(300, 700));
        Collections.shuffle(some, new Random(5));
        FakeEncoder subset = new FakeEncoder("a");
        Embeddings found = embed(some, subset, 2);
        assertThat(subset.encoded.get()).isZero();
        assertThat(found.values()).containsExactly(alone(some));
        some.add(7, "another");
        some.add("a third");
        FakeEncoder superset = new FakeEncoder("a");
        found = embed(some, superset, 2);
        assertThat(superset.encoded.get()).isEqualTo(2);
        assertThat(found.values()).containsExactly(alone(some));
    }

    @Test
    void vectorsOfAnotherEncoderAreNotUsed() throws Exception {
        embed(TEXTS, new FakeEncoder("a"), 2);
        FakeEncoder model = new FakeEncoder("b");
        embed(TEXTS, model, 2);
        assertThat(model.encoded.get()).isEqualTo(1000);
        // Not even if the hashes begin with the same characters.
        String start = "0123456789abcdef";
        embed(TEXTS, new FakeEncoder(start + "1"), 2);
        FakeEncoder like = new FakeEncoder(start + "2");
        embed(TEXTS, like, 2);
        assertThat(like.encoded.get()).isEqualTo(1000);
    }

    @Test
    void theResultDoesNotDependOnThreads() throws Exception {
        float[] one = embed(TEXTS, new FakeEncoder("a"), 1).values();
        try (var files = Files.list(folder)) {
            Files.delete(files.findFirst().orElseThrow());
        }
        assertThat(embed(TEXTS, new FakeEncoder("a"), 3).values()).containsExactly(one);
    }

    @Test
    void blankTextsHaveNoVectorAndEqualTextsShareOne() throws Exception {
        FakeEncoder encoder = new FakeEncoder("a");
        Embeddings embeddings = embed(List.of("x", "", "y", "x", "  "), encoder, 2);
        assertThat(encoder.encoded.get()).isEqualTo(2);
        assertThat(embeddings.present()).containsExactly(true, false, true, true, false);
        assertThat(Arrays.copyOfRange(embeddings.values(), 15, 20))
                .containsExactly(Arrays.copyOfRange(embeddings.values(), 0, 5));
        assertThat(Arrays.copyOfRange(embeddings.values(), 5, 10)).containsOnly(0);
        assertThat(embed(List.of("", ""), encoder, 2).embedded()).isZero();
    }

    @Test
    void aStoppedRunIsResumed() throws Exception {
        assertThatThrownBy(() -> embed(TEXTS, new FakeEncoder("a", 600), 2)).isInstanceOf(InterruptedException.class);
        FakeEncoder second = new FakeEncoder("a");
        List<Long> progress = new ArrayList<>();
        try (Blocks blocks = new Blocks(2)) {
            Embeddings embeddings =
                    new EmbeddingCache(folder).embed(TEXTS, second, blocks, (stage, done, total) -> progress.add(done));
            assertThat(embeddings.values()).containsExactly(alone(TEXTS));
        }
        assertThat(second.encoded.get()).isEqualTo(1000 - 4 * EmbeddingCache.BLOCK);
        assertThat(progress).containsExactly(512L, 640L, 768L, 896L, 1000L);
    }

    /** A kill may leave any number of the last bytes. */
    @Test
    void aPartialRecordIsOverwritten() throws Exception {
        embed(TEXTS, new FakeEncoder("a"), 1);
        Path file = file();
        byte[] undamaged = Files.readAllBytes(file);
        int record = record();
        for (int left :
                new int[] {0, 10, 90, undamaged.length - 1, undamaged.length - record, undamaged.length - record - 1}) {
            Files.write(file, Arrays.copyOf(undamaged, left));
            FakeEncoder again = new FakeEncoder("a");
            assertThat(embed(TEXTS, again, 2).values()).containsExactly(alone(TEXTS));
            long whole = Math.max(0, left - (undamaged.length - 1000L * record)) / record;
            assertThat(again.encoded.get()).as("%s bytes", left).isEqualTo((int) (1000 - whole));
            assertThat(file).hasSize(undamaged.length);
            assertThat(embed(TEXTS, new FakeEncoder("a", 1), 2).values()).containsExactly(alone(TEXTS));
        }
    }

    @Test
    void damagedVectorsAreEmbeddedAgain() throws Exception {
        embed(TEXTS, new FakeEncoder("a"), 1);
        Path file = file();
        byte[] undamaged = Files.readAllBytes(file);
        int header = undamaged.length - 1000 * record();
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).generator();
        for (int round = 0; round < 60; round++) {
            byte[] damaged = undamaged.clone();
            int place = random.nextInt(damaged.length);
            damaged[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            FakeEncoder again = new FakeEncoder("a");
            String what = "seed " + seed + ", byte " + place;
            assertThat(embed(TEXTS, again, 2).values()).as(what).containsExactly(alone(TEXTS));
            assertThat(again.encoded.get()).as(what).isEqualTo(place < header ? 1000 : 1);
            FakeEncoder repaired = new FakeEncoder("a");
            embed(TEXTS, repaired, 2);
            assertThat(repaired.encoded.get()).as(what).isZero();
        }
    }

    @Test
    void simultaneousRunsShareTheFile() throws Exception {
        FakeEncoder encoder = new FakeEncoder("a");
        ExecutorService runs = Executors.newFixedThreadPool(3);
        try {
            List<Future<Embeddings>> results = new ArrayList<>();
            for (int run = 0; run < 3; run++) {
                List<String> texts = TEXTS.subList(100 * run, 800 + 100 * run);
                results.add(runs.submit(() -> embed(texts, encoder, 2)));
            }
            for (int run = 0; run < 3; run++) {
                assertThat(results.get(run).get().values())
                        .containsExactly(alone(TEXTS.subList(100 * run, 800 + 100 * run)));
            }
        } finally {
            runs.shutdownNow();
        }
        // Vectors that were computed twice are stored once.
        assertThat((Files.size(file()) - headerSize()) % record()).isZero();
        assertThat((Files.size(file()) - headerSize()) / record()).isEqualTo(1000);
    }

    @Test
    void aCompleteCacheNeedNotBeWritable() throws Exception {
        embed(TEXTS, new FakeEncoder("a"), 2);
        try (FileChannel other = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            other.lock();
            FakeEncoder encoder = new FakeEncoder("a");
            embed(TEXTS, encoder, 2);
            assertThat(encoder.encoded.get()).isZero();
        }
    }

    private Path file() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static int record() {
        return 32 + 5 * Float.BYTES + Integer.BYTES;
    }

    private static int headerSize() {
        return "sllmr vectors 3 a 5\n".length();
    }

    /** The vectors without a cache. */
    private static float[] alone(List<String> texts) {
        float[] values = new float[5 * texts.size()];
        for (int item = 0; item < texts.size(); item++) {
            new FakeEncoder("a").encode(texts.get(item), values, 5 * item);
        }
        return values;
    }

    private Embeddings embed(List<String> texts, TextEncoder encoder, int threads) throws Exception {
        try (Blocks blocks = new Blocks(threads)) {
            return new EmbeddingCache(folder).embed(texts, encoder, blocks, ProgressListener.NONE);
        }
    }
}
