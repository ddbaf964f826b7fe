// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.List;
import java.util.Map;

/**
 * An item that the bundle does not know.
 *
 * @param id its id, by which the request's history and candidates, and the answer, name it
 * @param fields values of categorical fields, such as {@code brand}; ones that training never saw count as unknown
 * @param texts texts, such as {@code title}; read where the model reads texts
 * @param numbers numbers, such as {@code price}
 * @param vectors vectors of the dataset's own
 */
public record NewItem(
        String id,
        Map<String, List<String>> fields,
        Map<String, String> texts,
        Map<String, Float> numbers,
        Map<String, List<Float>> vectors) {
    /** Copies the maps. */
    public NewItem {
        fields = Map.copyOf(fields);
        texts = Map.copyOf(texts);
        numbers = Map.copyOf(numbers);
        vectors = Map.copyOf(vectors);
    }

    /** An item with fields and texts. */
    public NewItem(String id, Map<String, List<String>> fields, Map<String, String> texts) {
        this(id, fields, texts, Map.of(), Map.of());
    }
}
