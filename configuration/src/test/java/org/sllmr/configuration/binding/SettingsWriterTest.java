// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsWriterTest {
    private static final SettingsWriter WRITER = SettingsWriter.of(Shop.VARIANTS);

    private static Shop again(Shop shop) {
        return SettingsReader.of(Shop.class, Shop.VARIANTS)
                .text("again.yaml", WRITER.write(shop))
                .read();
    }

    private static Shop noting(String note) {
        return new Shop(
                -1,
                Shop.Training.defaults(),
                new Shop.None(),
                List.of(new Shop.Column(note, note, true)),
                new LinkedHashMap<>(Map.of("key " + note, 3)),
                Optional.of(new Shop.Dcn(5, true)),
                note,
                Path.of("a b"));
    }

    @Test
    void theTextIsWhatAPersonWouldWrite() {
        assertThat(WRITER.write(Shop.defaults())).isEqualTo("""
                seed: 7
                training:
                  batchSize: 128
                  learningRate: 0.001
                  optimizer: dense-adam
                  dropout: 0.1
                  minimum: 1
                  maximum: 9
                backbone:
                  name: deepfm
                  hidden:
                    - 200
                    - 80
                columns: []
                limits: {}
                second: null
                note: null
                out: runs
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "null", "Null", "true", "yes", "1", "1e5", "0x10", ".nan", "- a", "a: b", "a #b", "#b", "'",
                        "\"", "\\", "*a",
                "&a", "!a", "%a", "@a", "`a", "a\nb", "a\n", "\n", " a", "a ", "\t", "é漢\uD83D\uDE00", "[a", "{a",
                        "a, b", "?", "? a", "-",
                "---", "...", "=", "<<", "|", ">", "a\r\nb", "\u2028", "\u0000", "2001-01-01", "12:30", "_", "+1", "0o7"
            })
    void anyTextReadsBackEqual(String text) {
        assertThat(again(noting(text))).isEqualTo(noting(text));
    }

    @RepeatedTest(200)
    void anyNumberReadsBackEqual() {
        long seed = Long.getLong("sllmr.seed", 1);
        java.util.Random random = new java.util.Random(seed);
        double rate = Math.scalb(random.nextDouble() + Double.MIN_VALUE, -random.nextInt(1000));
        Shop shop = new Shop(
                random.nextLong(),
                new Shop.Training(1 + random.nextInt(1000), rate, Shop.Optimizer.DENSE_ADAM, random.nextFloat(), -5, 5),
                new Shop.Dcn(1, false),
                List.of(),
                Map.of(),
                Optional.empty(),
                null,
                Path.of("x"));
        assertThat(again(shop)).as("seed %d", seed).isEqualTo(shop);
    }
}
