// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.vector.Embeddings;

class MiniLmEncoderTest {
    private static MiniLmEncoder encoder;

    @BeforeAll
    static void open() {
        encoder = MiniLmEncoder.open();
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void equalsThePublishedExample() {
        // The model's published example; 8-bit weights move its values in the second digit.
        float[] vector = encode("This is an example sentence");
        float[] published = {0.0677f, 0.0635f, 0.0487f, 0.0793f};
        for (int d = 0; d < published.length; d++) {
            assertThat(vector[d]).isCloseTo(published[d], within(0.02f));
        }
        assertThat(cosine("This is an example sentence", "This is an example sentence"))
                .isCloseTo(1, within(1e-5));
    }

    @Test
    void similarTextsAreCloser() {
        assertThat(cosine("red nail polish", "nail lacquer, crimson"))
                .isGreaterThan(cosine("red nail polish", "shampoo for dry hair") + 0.1);
        assertThat(cosine("red nail polish", "shampoo for dry hair"))
                .isGreaterThan(cosine("red nail polish", "wireless keyboard") + 0.02);
    }

    @Test
    void textsAreTruncatedAndNotPadded() {
        assertThat(encoder.tokens("red nail polish")).isEqualTo(5);
        assertThat(encoder.tokens("word ".repeat(200))).isEqualTo(202);
        String limit = "word ".repeat(254);
        assertThat(encoder.tokens(limit + "more")).isEqualTo(MiniLmEncoder.MAX_TOKENS);
        assertThat(encode(limit + "keyboard and mouse")).containsExactly(encode(limit));
    }

    @Test
    void theBitsDoNotDependOnThreads() throws InterruptedException {
        List<String> texts = IntStream.range(0, 60)
                .mapToObj(index -> "shampoo number " + index + " of brand " + "x".repeat(index))
                .toList();
        float[][] alone = texts.stream().map(MiniLmEncoderTest::encode).toArray(float[][]::new);
        float[] together = new float[texts.size() * encoder.dimension()];
        try (Blocks blocks = new Blocks(4)) {
            blocks.run(
                    texts.size(),
                    1,
                    (from, to) -> encoder.encode(texts.get(from), together, from * encoder.dimension()));
        }
        for (int index = 0; index < alone.length; index++) {
            assertThat(Arrays.copyOfRange(together, index * encoder.dimension(), (index + 1) * encoder.dimension()))
                    .containsExactly(alone[index]);
        }
    }

    @Test
    void everyTextHasAVectorOfLengthOne() {
        for (String text : List.of(
                "",
                " ",
                "\u0000",
                "quote \" and \n newline \t tab",
                "\uD83D\uDC84 lipstick",
                "\uD800 lone",
                "\u05D0\u05D1\u05D2 \u202E right to left",
                "a".repeat(10_000),
                "\uFFFF",
                "word ".repeat(5_000))) {
            double squares = 0;
            for (float value : encode(text)) {
                squares += value * value;
            }
            assertThat(squares).as("length of '%.20s'", text).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void theModelIsLoadedWithTheFirstTextOnly(@TempDir Path folder) throws IOException, InterruptedException {
        EmbeddingCache cache = new EmbeddingCache(folder);
        List<String> texts = List.of("red nail polish", "shampoo for dry hair", " ");
        Embeddings computed;
        try (Blocks blocks = new Blocks(2)) {
            try (MiniLmEncoder first = MiniLmEncoder.open()) {
                assertThat(first.isLoaded()).isFalse();
                computed = cache.embed(texts, first, blocks, ProgressListener.NONE);
                assertThat(first.isLoaded()).isTrue();
            }
            MiniLmEncoder second = MiniLmEncoder.open();
            assertThat(second.hash()).isEqualTo(encoder.hash());
            assertThat(cache.embed(texts, second, blocks, ProgressListener.NONE).values())
                    .isEqualTo(computed.values());
            assertThat(second.isLoaded()).isFalse();
            second.close();
            second.close();
            assertThatThrownBy(() -> second.encode("late", new float[second.dimension()], 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the sentence encoder is closed");
        }
    }

    private static double cosine(String first, String second) {
        float[] a = encode(first);
        float[] b = encode(second);
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    private static float[] encode(String text) {
        float[] vector = new float[encoder.dimension()];
        encoder.encode(text, vector, 0);
        return vector;
    }
}
