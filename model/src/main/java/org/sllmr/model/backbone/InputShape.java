// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import java.util.BitSet;
import java.util.List;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;

/**
 * What a backbone is built for.
 *
 * @param fields the pooled fields, in the order of their embeddings
 * @param sequence the fields of a single history item, in the order of their embeddings; empty where histories are pooled
 * @param dimension floats of a field's embedding
 */
public record InputShape(List<Field> fields, List<Field> sequence, int dimension) {
    /** Copies the lists. */
    public InputShape {
        fields = List.copyOf(fields);
        sequence = List.copyOf(sequence);
    }

    /** The shape for a schema. */
    public static InputShape of(FeatureSchema schema, HistoryInput history, int dimension) {
        boolean pooled = history == HistoryInput.POOLED;
        return new InputShape(
                schema.fields().stream()
                        .filter(field -> pooled || !field.ofHistory())
                        .toList(),
                schema.fields().stream()
                        .filter(field -> !pooled && field.ofHistory())
                        .toList(),
                dimension);
    }

    /** Floats of the pooled fields of a row. */
    public int width() {
        return fields.size() * dimension;
    }

    /** Floats of a history item. */
    public int sequenceWidth() {
        return sequence.size() * dimension;
    }

    /** Elements of a row's fields that depend on the user and the position; the others depend on the item. */
    public BitSet userColumns() {
        BitSet columns = new BitSet();
        for (int field = 0; field < fields.size(); field++) {
            if (!fields.get(field).ofItem()) {
                columns.set(field * dimension, (field + 1) * dimension);
            }
        }
        return columns;
    }
}
