// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.List;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.schema.Field;

/** Writes the vectors of history items that a network reads one by one, behind the embeddings of each. */
final class SequenceVectors {
    private final List<Field> fields;
    private final int from;
    private final int width;

    SequenceVectors(InputShape shape) {
        this.fields = shape.sequenceVectors();
        this.from = shape.sequenceTables().size() * shape.dimension();
        this.width = shape.sequenceWidth();
    }

    /** Writes those of the first items of an array, one history item after the other. */
    void write(int[] items, int count, float[] target) {
        for (int i = 0; i < count && !fields.isEmpty(); i++) {
            int at = i * width + from;
            for (Field field : fields) {
                Field.ItemVector source = (Field.ItemVector) field.source();
                NumericRows.copy(source.column(), items[i], source.scale(), target, at);
                at += field.floats();
            }
        }
    }
}
