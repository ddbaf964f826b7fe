// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.ParameterBlock;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Table;

/**
 * The names of weights: {@code embeddings.TABLE} ({@code [rows, dimension]}; the last row stands for unknown values),
 * {@code first_order.TABLE} ({@code [rows, 1]}), and the network's parameters and running statistics by their own names.
 *
 * @param schema the tables
 * @param dimension floats of an embedding; a row's float after them is its first-order weight
 * @param graph the network
 */
record ModelTensors(FeatureSchema schema, int dimension, Graph graph) {
    /** How the names of embeddings begin. */
    static final String EMBEDDINGS = "embeddings.";
    /** How the names of first-order weights begin. */
    static final String FIRST_ORDER = "first_order.";

    /** Copies of the weights under their names. */
    List<NamedTensor> named(ModelWeights weights) {
        List<NamedTensor> tensors = new ArrayList<>();
        int width = width(weights);
        for (Table table : schema.tables()) {
            tensors.add(columns(EMBEDDINGS + table.name(), table, weights.tables(), width, 0, dimension));
            if (width > dimension) {
                tensors.add(columns(FIRST_ORDER + table.name(), table, weights.tables(), width, dimension, 1));
            }
        }
        add(graph.parameters(), weights.parameters(), tensors);
        add(graph.statistics(), weights.statistics(), tensors);
        return tensors;
    }

    /**
     * Writes tensors to their places.
     *
     * @param tensors in any order
     * @param weights overwritten
     * @throws IllegalArgumentException if a name is missing or a shape is another one
     */
    void place(List<NamedTensor> tensors, ModelWeights weights) {
        Map<String, NamedTensor> found =
                tensors.stream().collect(Collectors.toMap(NamedTensor::name, tensor -> tensor));
        int width = width(weights);
        for (Table table : schema.tables()) {
            place(found, EMBEDDINGS + table.name(), table, weights.tables(), width, 0, dimension);
            if (width > dimension) {
                place(found, FIRST_ORDER + table.name(), table, weights.tables(), width, dimension, 1);
            }
        }
        place(found, graph.parameters(), weights.parameters());
        place(found, graph.statistics(), weights.statistics());
    }

    /** Floats of a row; a model of vectors alone has no rows. */
    private int width(ModelWeights weights) {
        return schema.rows() == 0 ? dimension : weights.tables().length / schema.rows();
    }

    private static NamedTensor columns(String name, Table table, float[] rows, int width, int from, int length) {
        float[] values = new float[table.rows() * length];
        for (int row = 0; row < table.rows(); row++) {
            System.arraycopy(rows, (table.offset() + row) * width + from, values, row * length, length);
        }
        return new NamedTensor(name, new int[] {table.rows(), length}, values);
    }

    private static void add(ParameterBlock declared, float[] block, List<NamedTensor> tensors) {
        for (Parameter parameter : declared.parameters()) {
            int from = parameter.offset();
            tensors.add(new NamedTensor(
                    parameter.name(), parameter.shape(), Arrays.copyOfRange(block, from, from + parameter.size())));
        }
    }

    private static void place(
            Map<String, NamedTensor> found, String name, Table table, float[] rows, int width, int at, int length) {
        float[] values = values(found, name, table.rows(), length);
        for (int row = 0; row < table.rows(); row++) {
            System.arraycopy(values, row * length, rows, (table.offset() + row) * width + at, length);
        }
    }

    private static void place(Map<String, NamedTensor> found, ParameterBlock declared, float[] block) {
        for (Parameter parameter : declared.parameters()) {
            float[] values = values(found, parameter.name(), parameter.shape());
            System.arraycopy(values, 0, block, parameter.offset(), values.length);
        }
    }

    private static float[] values(Map<String, NamedTensor> found, String name, int... shape) {
        NamedTensor tensor = found.get(name);
        if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("tensor '" + name + "' is "
                    + (tensor == null ? "missing" : "of shape " + Arrays.toString(tensor.shape())) + ", needed is "
                    + Arrays.toString(shape));
        }
        return tensor.values();
    }
}
