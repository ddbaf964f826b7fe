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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.ProgressListener;
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
        assertThat(folder).isDirectoryContaining(file -> file.toString().endsWith(".bin"));
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @Test
    void otherTextsOrAnotherModelAreEmbeddedAnew() throws Exception {
        embed(TEXTS, new FakeEncoder("a"), 2);
        FakeEncoder model = new FakeEncoder("b");
        embed(TEXTS, model, 2);
        assertThat(model.encoded.get()).isEqualTo(1000);
        List<String> other = new ArrayList<>(TEXTS);
        other.set(7, "another");
        FakeEncoder texts = new FakeEncoder("a");
        embed(other, texts, 2);
        assertThat(texts.encoded.get()).isEqualTo(1000);
    }

    @Test
    void threadsDoNotChangeAnything() throws Exception {
        float[] one = embed(TEXTS, new FakeEncoder("a"), 1).values();
        try (var files = Files.list(folder)) {
            Files.delete(files.findFirst().orElseThrow());
        }
        assertThat(embed(TEXTS, new FakeEncoder("a"), 3).values()).containsExactly(one);
    }

    @Test
    void blankTextsHaveNoVectorAndEqualOnesShareTheirs() throws Exception {
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
    void aStoppedRunGoesOnWhereItWas() throws Exception {
        float[] whole = embed(TEXTS, new FakeEncoder("a"), 1).values();
        try (var files = Files.list(folder)) {
            Files.delete(files.findFirst().orElseThrow());
        }
        assertThatThrownBy(() -> embed(TEXTS, new FakeEncoder("a", 600), 2)).isInstanceOf(InterruptedException.class);
        FakeEncoder second = new FakeEncoder("a");
        List<Long> progress = new ArrayList<>();
        try (Blocks blocks = new Blocks(2)) {
            Embeddings embeddings =
                    new EmbeddingCache(folder).embed(TEXTS, second, blocks, (stage, done, total) -> progress.add(done));
            assertThat(embeddings.values()).containsExactly(whole);
        }
        assertThat(second.encoded.get()).isEqualTo(1000 - 2 * VectorFile.BLOCK);
        assertThat(progress).containsExactly(512L, 768L, 1000L);
    }

    @Test
    void whatIsDamagedIsEmbeddedAgain() throws Exception {
        float[] whole = embed(TEXTS, new FakeEncoder("a"), 1).values();
        Path file;
        try (var files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        byte[] sound = Files.readAllBytes(file);
        for (int damage : new int[] {0, 20, 120, sound.length / 2, sound.length - 1}) {
            byte[] damaged = sound.clone();
            damaged[damage] ^= 4;
            Files.write(file, damaged);
            FakeEncoder again = new FakeEncoder("a");
            assertThat(embed(TEXTS, again, 2).values()).containsExactly(whole);
            assertThat(again.encoded.get()).as("byte %s", damage).isPositive();
            assertThat(file).hasBinaryContent(sound);
            Files.write(file, Arrays.copyOf(sound, damage));
            assertThat(embed(TEXTS, again, 2).values()).containsExactly(whole);
            assertThat(file).hasBinaryContent(sound);
        }
    }

    @Test
    void twoRunsDoNotFillOneFile() throws Exception {
        embed(TEXTS, new FakeEncoder("a"), 1);
        Path part;
        try (var files = Files.list(folder)) {
            Path whole = files.findFirst().orElseThrow();
            part = folder.resolve(whole.getFileName().toString().replace(".bin", ".part"));
            Files.delete(whole);
        }
        try (FileChannel other = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();
            assertThatThrownBy(() -> embed(TEXTS, new FakeEncoder("a"), 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is being filled by another run");
        }
    }

    private Embeddings embed(List<String> texts, TextEncoder encoder, int threads) throws Exception {
        try (Blocks blocks = new Blocks(threads)) {
            return new EmbeddingCache(folder).embed(texts, encoder, blocks, ProgressListener.NONE);
        }
    }
}
