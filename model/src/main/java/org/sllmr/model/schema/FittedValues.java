// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;

/**
 * What a schema takes from training data besides its vocabularies: scales, cuts, and which values are rare. A schema that is
 * made of stored ones needs no interactions.
 */
public final class FittedValues {
    private final boolean stored;
    private final Map<String, float[]> numbers = new TreeMap<>();
    private final Map<String, BitSet> rare = new TreeMap<>();

    private FittedValues(boolean stored) {
        this.stored = stored;
    }

    /** Nothing yet: all is fitted when it is needed, and kept. */
    static FittedValues none() {
        return new FittedValues(false);
    }

    /** What {@link #numbers()} and {@link #rare()} gave for an earlier schema of the same fields. */
    public static FittedValues stored(Map<String, List<Float>> numbers, Map<String, List<Integer>> rare) {
        FittedValues values = new FittedValues(true);
        numbers.forEach((key, list) -> {
            float[] array = new float[list.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = list.get(i);
            }
            values.numbers.put(key, array);
        });
        rare.forEach(
                (table, list) -> values.rare.put(table, list.stream().collect(BitSet::new, BitSet::set, BitSet::or)));
        return values;
    }

    /** The numbers that were fitted, by what they are of. */
    public Map<String, List<Float>> numbers() {
        return numbers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> list(entry.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static List<Float> list(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }

    /** The rare values of each table that has some. */
    public Map<String, List<Integer>> rare() {
        return rare.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Collections.unmodifiableList(
                                entry.getValue().stream().boxed().toList()),
                        (a, b) -> a,
                        TreeMap::new));
    }

    /** Numbers that are fitted unless they are there. */
    float[] numbers(String key, Supplier<float[]> fit) {
        float[] known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (stored) {
            throw new InvalidInputException("fitted", "has nothing for '" + key + "'");
        }
        float[] fitted = fit.get();
        numbers.put(key, Arrays.copyOf(fitted, fitted.length));
        return fitted;
    }

    /** One scale that is fitted unless it is there. */
    NumberScale scale(String key, Supplier<NumberScale> fit) {
        float[] parts = numbers(key, () -> {
            NumberScale scale = fit.get();
            return new float[] {scale.mean(), scale.deviation()};
        });
        return new NumberScale(parts[0], parts[1]);
    }

    /** The rare values of a table, which are looked for unless they are there. */
    BitSet rare(String table, Supplier<BitSet> find) {
        if (stored) {
            return rare.getOrDefault(table, new BitSet());
        }
        BitSet found = find.get();
        rare.put(table, found);
        return found;
    }
}
