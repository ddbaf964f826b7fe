// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.Checks;

/**
 * Settings of the embedding teacher.
 *
 * @param textColumns the columns of an item's text in this order: text columns such as the title, and categorical
 *     fields such as brand and categories; empty for all text columns, then all fields
 * @param historyLength L, the number of a user's last interactions that count, 1 to 1000; 10 in the paper (Section 3.1)
 * @param nearest number of a candidate's largest cosines with the history that are averaged, 1 to historyLength
 * @param scale maps that mean to a score in [0, 1]
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

    /** All columns, the last 10 interactions, the largest cosine, an affine scale. */
    public static EmbeddingTeacherSettings defaults() {
        return new EmbeddingTeacherSettings(List.of(), 10, 1, CosineScale.AFFINE);
    }

    /** The settings by name in a fixed order, as in a teacher table's provenance. */
    public Map<String, String> values() {
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
     * @param values the settings in its provenance
     * @throws IllegalArgumentException if these are not settings of this teacher
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
