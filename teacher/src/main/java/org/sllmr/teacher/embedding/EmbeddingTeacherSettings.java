// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.embedding;

import java.util.List;
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
}
