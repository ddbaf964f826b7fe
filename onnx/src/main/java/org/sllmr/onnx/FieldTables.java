// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import org.jspecify.annotations.Nullable;
import org.sllmr.data.Column;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.schema.EncodedNumbers;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.Table;

/**
 * What a model knows of a user or an item by itself, computed once: one row each and, last, one for whoever is unknown.
 *
 * @param network the weights
 * @param schema the tables
 */
record FieldTables(TrainedNetwork network, FeatureSchema schema) {
    /** The entries of a bag. */
    @FunctionalInterface
    private interface Entries {
        /**
         * Takes one.
         *
         * @param row row of the table, from 0
         */
        void add(int row, float scale);
    }

    /** The table of a field. */
    Table table(Field field) {
        return schema.tables().get(field.table());
    }

    /**
     * The pooled embeddings of a field.
     *
     * @param rows users or items
     * @param summed whether the values of a row are added instead of averaged
     * @return {@code [rows + 1, dimension]}
     */
    float[] embeddings(Field field, int rows, boolean summed) {
        return pooled(
                field,
                rows,
                summed,
                network.embeddings(table(field).name()),
                network.shape().dimension());
    }

    /** The pooled first-order weights of a field: {@code [rows + 1, 1]}. */
    float[] firstOrder(Field field, int rows, boolean summed) {
        return pooled(field, rows, summed, network.firstOrder(table(field).name()), 1);
    }

    private float[] pooled(Field field, int rows, boolean summed, float[] weights, int width) {
        float[] target = new float[Math.multiplyExact(rows + 1, width)];
        for (int row = 0; row <= rows; row++) {
            int at = row * width;
            entries(field, row < rows ? row : -1, summed, (entry, scale) -> {
                for (int d = 0; d < width; d++) {
                    target[at + d] += scale * weights[entry * width + d];
                }
            });
        }
        return target;
    }

    /** As {@code Lookup} of the model finds them, of one user, or of one item, or of a history with this item alone. */
    private void entries(Field field, int row, boolean summed, Entries entries) {
        Field.Source source = field.source();
        Table table = table(field);
        Column column = column(source);
        if (source instanceof Field.UserId || source instanceof Field.ItemId || source instanceof Field.ItemHistory) {
            entries.add(table.row(row) - table.offset(), 1);
        } else if (column != null) {
            if (row >= 0 && row < column.rows()) {
                int from = column.offsets()[row];
                int to = column.offsets()[row + 1];
                for (int i = from; i < to; i++) {
                    entries.add(table.row(column.values()[i]) - table.offset(), summed ? 1 : 1f / (to - from));
                }
            }
        } else {
            EncodedNumbers numbers = numbers(field);
            int value = numbers.row(row);
            entries.add(table.row(value) - table.offset(), value < 0 ? 1 : numbers.weight(row));
        }
    }

    private static EncodedNumbers numbers(Field field) {
        if (field.source() instanceof Field.UserNumber of) {
            return of.numbers();
        } else if (field.source() instanceof Field.ItemNumber of) {
            return of.numbers();
        } else if (field.source() instanceof Field.NumberHistory of) {
            return of.numbers();
        }
        throw new IllegalArgumentException("field '" + field.name() + "' is not of a user or an item alone");
    }

    /** The column of a field of values, or null. */
    private static @Nullable Column column(Field.Source source) {
        if (source instanceof Field.UserColumn of) {
            return of.column();
        } else if (source instanceof Field.ItemColumn of) {
            return of.column();
        }
        return source instanceof Field.ColumnHistory of ? of.column() : null;
    }

    /** How many values each row has, the unknown one none: {@code [rows + 1, 1]}. */
    static float[] counts(Column column, int rows) {
        float[] counts = new float[rows + 1];
        for (int row = 0; row < Math.min(rows, column.rows()); row++) {
            counts[row] = column.offsets()[row + 1] - column.offsets()[row];
        }
        return counts;
    }

    /** The vectors, and zeros for whoever is unknown: {@code [rows + 1, width]}. */
    static float[] vectors(VectorColumn column, int rows) {
        float[] values = new float[Math.multiplyExact(rows + 1, column.width())];
        System.arraycopy(column.values(), 0, values, 0, Math.min(rows, column.rows()) * column.width());
        return values;
    }

    /** The scaled vectors times a projection's matrix: {@code [rows + 1, out]}. */
    float[] projected(VectorColumn column, float scale, int rows, Parameter weight) {
        float[] matrix = network.values(weight);
        int out = weight.length(0);
        int width = column.width();
        float[] values = new float[Math.multiplyExact(rows + 1, out)];
        for (int row = 0; row < Math.min(rows, column.rows()); row++) {
            for (int j = 0; j < out; j++) {
                double sum = 0;
                for (int d = 0; d < width; d++) {
                    sum += (double) matrix[j * width + d] * (scale * column.values()[row * width + d]);
                }
                values[row * out + j] = (float) sum;
            }
        }
        return values;
    }
}
