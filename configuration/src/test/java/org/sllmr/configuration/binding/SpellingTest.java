// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SpellingTest {
    @Test
    void oneNameInThreeSpellings() {
        assertThat(Spelling.camel("batch-size")).isEqualTo("batchSize");
        assertThat(Spelling.camel("batchSize")).isEqualTo("batchSize");
        assertThat(Spelling.camel("-x-")).isEqualTo("-x-");
        assertThat(Spelling.upper("training.batchSize")).isEqualTo("TRAINING_BATCH_SIZE");
    }

    @Test
    void theNearestNameIsFoundAndAFarOneIsNot() {
        assertThat(Spelling.nearest("bacth-size", List.of("maxEpochs", "batchSize")))
                .isEqualTo("batchSize");
        assertThat(Spelling.nearest("margin", List.of("maxEpochs", "batchSize")))
                .isNull();
        assertThat(Spelling.hint("zzz", List.of("a", "b"))).isEqualTo("; known here: a, b");
    }

    /** Compares with the recursive definition. */
    @RepeatedTest(50)
    void editsFollowTheirDefinition() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new java.util.Random(seed);
        String a = word(random);
        String b = word(random);
        assertThat(Spelling.edits(a, b)).as("seed %d: %s, %s", seed, a, b).isEqualTo(slow(a, b));
    }

    private static String word(RandomGenerator random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    private static int slow(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        int i = a.length() - 1;
        int j = b.length() - 1;
        String shortA = a.substring(0, i);
        String shortB = b.substring(0, j);
        int least = slow(shortA, shortB) + (a.charAt(i) == b.charAt(j) ? 0 : 1);
        least = Math.min(least, Math.min(slow(shortA, b), slow(a, shortB)) + 1);
        if (i > 0 && j > 0 && a.charAt(i) == b.charAt(j - 1) && a.charAt(i - 1) == b.charAt(j)) {
            least = Math.min(least, slow(a.substring(0, i - 1), b.substring(0, j - 1)) + 1);
        }
        return least;
    }
}
