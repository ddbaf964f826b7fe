// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.Checks;

/**
 * What the embedding teacher reads and how it compares.
 *
 * @param textColumns the item columns that make an item's text, in this order: text columns such as the title, and
 *     categorical fields such as brand and categories; empty for all text columns, then all fields
 * @param historyLength L, how many of a user's last interactions count, 1 to 1000; the paper's 10 (Section 3.1)
 * @param nearest how many of the history's cosines with a candidate, largest first, are averaged: 1 to historyLength
 * @param scale how that mean becomes a score in [0, 1]
 */
public record EmbeddingTeacherSettings(List<String> textColumns, int historyLength, int nearest, CosineScale scale) {
    private static final String COLUMN_SEPARATOR = ", ";

    /** Copies the list and checks the ranges. */
    public EmbeddingTeacherSettings {
        textColumns = List.copyOf(textColumns);
        new Checks()
                .between("historyLength", historyLength, 1, 1000)
                .between("nearest", nearest, 1, Math.max(1, historyLength))
                .done();
    }

    /** All columns, the last 10 interactions, the largest cosine, every difference kept. */
    public static EmbeddingTeacherSettings defaults() {
        return new EmbeddingTeacherSettings(List.of(), 10, 1, CosineScale.AFFINE);
    }

    /** The settings by name, as a teacher table's provenance holds them, in a fixed order. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("textColumns", String.join(COLUMN_SEPARATOR, textColumns));
        values.put("historyLength", Integer.toString(historyLength));
        values.put("nearest", Integer.toString(nearest));
        values.put("scale", scale.name());
        return values;
    }

    /**
     * The settings that a teacher table was made with.
     *
     * @param values what its provenance holds
     * @throws IllegalArgumentException if it is not what this teacher wrote
     */
    public static EmbeddingTeacherSettings of(Map<String, String> values) {
        String columns = values.getOrDefault("textColumns", "");
        return new EmbeddingTeacherSettings(
                columns.isEmpty() ? List.of() : List.of(columns.split(COLUMN_SEPARATOR, -1)),
                Integer.parseInt(values.getOrDefault("historyLength", "")),
                Integer.parseInt(values.getOrDefault("nearest", "")),
                CosineScale.valueOf(values.getOrDefault("scale", "")));
    }
}
