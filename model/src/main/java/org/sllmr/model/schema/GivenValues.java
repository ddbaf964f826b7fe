// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.List;
import java.util.Map;

/**
 * Values of a user, an interaction or an item that a model is told of when it is asked; what is not given is missing.
 *
 * @param values values of categorical fields by name, such as {@code brand}; ones that training never saw count as unknown
 * @param numbers finite numbers by name
 * @param vectors vectors by name
 */
public record GivenValues(Map<String, List<String>> values, Map<String, Float> numbers, Map<String, float[]> vectors) {
    /** Nothing is given. */
    public static final GivenValues NONE = new GivenValues(Map.of(), Map.of(), Map.of());

    /** Copies the maps. */
    public GivenValues {
        values = Map.copyOf(values);
        numbers = Map.copyOf(numbers);
        vectors = Map.copyOf(vectors);
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return values.isEmpty() && numbers.isEmpty() && vectors.isEmpty();
    }
}
