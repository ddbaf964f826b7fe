// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Table;

/**
 * Weights whose tables have a row for each value of the data, in their order, and no other: those that a model without
 * grown tables has.
 */
public final class DataRows {
    private DataRows() {}

    /**
     * Selects and orders the rows of a model's tables; the schema for them is made with {@link
     * FeatureSchema#fitOfData}.
     */
    public static List<NamedTensor> of(Model model) {
        Map<String, Table> grown = new HashMap<>();
        for (Table table : model.schema().tables()) {
            if (table.order().length > 0) {
                grown.put(ModelTensors.EMBEDDINGS + table.name(), table);
                grown.put(ModelTensors.FIRST_ORDER + table.name(), table);
            }
        }
        return model.tensors().stream()
                .map(tensor -> {
                    Table table = grown.get(tensor.name());
                    return table == null ? tensor : select(tensor, table);
                })
                .toList();
    }

    private static NamedTensor select(NamedTensor tensor, Table table) {
        int width = tensor.shape()[1];
        int rows = table.values() + 1;
        float[] values = new float[rows * width];
        for (int value = 0; value < rows; value++) {
            int row = value < table.values() ? table.order()[value] : table.vocabulary();
            System.arraycopy(tensor.values(), row * width, values, value * width, width);
        }
        return new NamedTensor(tensor.name(), new int[] {rows, width}, values);
    }
}
