// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.List;
import java.util.Map;

/**
 * What a request tells of the user, or of the moment.
 *
 * @param fields values of categorical fields, such as {@code country} or {@code device}
 * @param numbers numbers, such as {@code age}
 */
public record Facts(Map<String, List<String>> fields, Map<String, Float> numbers) {
    /** Nothing. */
    public static final Facts NONE = new Facts(Map.of(), Map.of());

    /** Copies the maps. */
    public Facts {
        fields = Map.copyOf(fields);
        numbers = Map.copyOf(numbers);
    }
}
