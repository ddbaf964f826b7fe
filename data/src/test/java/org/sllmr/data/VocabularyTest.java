// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    @Test
    void numbersValuesAsAHashMapWould() {
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        for (int range : new int[] {1, 3, 100, 20_000}) {
            VocabularyBuilder builder = new VocabularyBuilder();
            Map<String, Integer> expected = new HashMap<>();
            List<String> order = new ArrayList<>();
            for (int draw = 0; draw < 30_000; draw++) {
                String value = "id" + random.nextInt(range);
                if (expected.putIfAbsent(value, order.size()) == null) {
                    order.add(value);
                }
                assertThat(builder.add(value))
                        .as("seed %s, range %s", seed, range)
                        .isEqualTo(expected.get(value));
            }
            String[] many = new String[5_000];
            int[] numbers = new int[many.length];
            Arrays.setAll(many, draw -> "id" + random.nextInt(2 * range));
            builder.add(many, many.length, numbers);
            for (int draw = 0; draw < many.length; draw++) {
                if (expected.putIfAbsent(many[draw], order.size()) == null) {
                    order.add(many[draw]);
                }
                assertThat(numbers[draw]).as("seed %s, range %s", seed, range).isEqualTo(expected.get(many[draw]));
            }
            Vocabulary vocabulary = builder.build();
            builder.add("added later");
            assertThat(vocabulary.values()).isEqualTo(order);
            assertThat(new Vocabulary(order).values()).isEqualTo(order);
            expected.forEach((value, number) -> {
                assertThat(vocabulary.indexOf(value)).isEqualTo(number);
                assertThat(vocabulary.value(number)).isEqualTo(value);
            });
            assertThat(vocabulary.indexOf("added later")).isEqualTo(-1);
            assertThat(vocabulary.indexOf("")).isEqualTo(-1);
        }
    }

    /** Strings with the same hash occupy successive slots. */
    @Test
    void stringsWithEqualHashesAreToldApart() {
        List<String> values = List.of("AaAa", "AaBB", "BBAa", "BBBB", "");
        assertThat(values.subList(0, 4)).extracting(String::hashCode).containsOnly("AaAa".hashCode());
        Vocabulary vocabulary = new Vocabulary(values);
        for (int index = 0; index < values.size(); index++) {
            assertThat(vocabulary.indexOf(values.get(index))).isEqualTo(index);
        }
        VocabularyBuilder builder = new VocabularyBuilder();
        int[] numbers = new int[5];
        builder.add(values.toArray(String[]::new), 5, numbers);
        builder.add(values.toArray(String[]::new), 5, numbers);
        assertThat(numbers).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void duplicatesAndUnknownIndicesAreRefused() {
        assertThatThrownBy(() -> new Vocabulary(List.of("a", "b", "a"))).hasMessage("value 'a' occurs twice");
        assertThatThrownBy(() -> new Vocabulary(List.of("a")).value(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Vocabulary(List.of("a")).values().set(0, "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
