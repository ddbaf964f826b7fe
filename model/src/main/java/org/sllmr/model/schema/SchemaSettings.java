// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.List;
import org.sllmr.configuration.Checks;
import org.sllmr.model.visit.VisitInputs;

/**
 * Which of a dataset's fields a model sees, and how.
 *
 * @param fields names of the fields to use (see {@link FeatureSchema}); empty for all
 * @param historyLength how many of the last items form a history, 0 (no history fields) to 1,000
 * @param historyPooling what the mean over a history's values of an item field is taken of
 * @param numbers what numeric fields become
 * @param vectors what the dataset's item vectors become
 * @param text whether and how the model sees the items' texts
 * @param unknown how the rows for unknown values are trained
 * @param teacherScores whether a teacher's scores are a number of user and item
 * @param visits whether and how the model sees which items are visited from the last items
 */
public record SchemaSettings(
        List<String> fields,
        int historyLength,
        HistoryPooling historyPooling,
        NumberSettings numbers,
        VectorParts vectors,
        TextSettings text,
        UnknownSettings unknown,
        boolean teacherScores,
        VisitInputs visits) {
    /** What a pooled history is the mean of; the same for fields with one value an item. */
    public enum HistoryPooling {
        /** Of each item's own mean, so that every item counts the same, whatever the number of its values. */
        ITEMS,
        /** Of all values of all items, so that every value counts the same, and an item without a value not at all. */
        VALUES
    }

    /** Copies the list and checks the range. */
    public SchemaSettings {
        fields = List.copyOf(fields);
        new Checks().between("historyLength", historyLength, 0, 1000).done();
    }

    /** Without visits. */
    public SchemaSettings(
            List<String> fields,
            int historyLength,
            HistoryPooling historyPooling,
            NumberSettings numbers,
            VectorParts vectors,
            TextSettings text,
            UnknownSettings unknown,
            boolean teacherScores) {
        this(
                fields,
                historyLength,
                historyPooling,
                numbers,
                vectors,
                text,
                unknown,
                teacherScores,
                VisitInputs.defaults());
    }

    /** With defaults for numbers, vectors, texts and unknown values. */
    public SchemaSettings(List<String> fields, int historyLength, HistoryPooling historyPooling) {
        this(
                fields,
                historyLength,
                historyPooling,
                NumberSettings.defaults(),
                VectorParts.defaults(),
                TextSettings.defaults(),
                UnknownSettings.defaults(),
                false);
    }

    /** All fields and the last 20 items, as the study behind the paper's baselines (LLM-CF, CIKM 2024) has it. */
    public static SchemaSettings defaults() {
        return new SchemaSettings(List.of(), 20, HistoryPooling.ITEMS);
    }
}
