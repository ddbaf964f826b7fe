// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import java.util.List;
import org.sllmr.configuration.Checks;

/**
 * Which of a dataset's fields a model sees.
 *
 * @param fields names of the fields to use (see {@link FeatureSchema}); empty for all
 * @param historyLength how many of the last items form a history, 0 (no history fields) to 1,000
 */
public record SchemaSettings(List<String> fields, int historyLength) {
    /** Copies the list and checks the range. */
    public SchemaSettings {
        fields = List.copyOf(fields);
        new Checks().between("historyLength", historyLength, 0, 1000).done();
    }

    /** All fields and the last 20 items, as the study behind the paper's baselines (LLM-CF, CIKM 2024) has it. */
    public static SchemaSettings defaults() {
        return new SchemaSettings(List.of(), 20);
    }
}
