// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.sllmr.data.Seed;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.ParameterBlock;
import org.sllmr.model.operation.Parameter;

/**
 * A model's network, and all of its weights by name.
 *
 * @param shape what the network reads
 * @param graph the network
 * @param parameters what was trained, where the graph's operations look for it
 * @param tensors all weights by name, those of the tables and running statistics too
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record TrainedNetwork(InputShape shape, Graph graph, float[] parameters, Map<String, NamedTensor> tensors) {
    /** The network that a model's settings describe, with the model's weights. */
    static TrainedNetwork of(Model model) {
        ModelSettings settings = model.settings();
        InputShape shape = settings.shape(model.schema());
        Graph graph = settings.network(shape, new Seed(0));
        Map<String, NamedTensor> tensors = new LinkedHashMap<>();
        model.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        return new TrainedNetwork(shape, graph, block(graph.parameters(), tensors), tensors);
    }

    private static float[] block(ParameterBlock declared, Map<String, NamedTensor> tensors) {
        float[] block = new float[declared.size()];
        for (Parameter parameter : declared.parameters()) {
            float[] values = Objects.requireNonNull(tensors.get(parameter.name()), parameter.name())
                    .values();
            System.arraycopy(values, 0, block, parameter.offset(), values.length);
        }
        return block;
    }

    /** The values of a parameter or a statistic. */
    float[] values(Parameter parameter) {
        return Objects.requireNonNull(tensors.get(parameter.name()), parameter.name())
                .values();
    }

    /** The embeddings of a table: {@code [rows, dimension]}. */
    float[] embeddings(String table) {
        return Objects.requireNonNull(tensors.get("embeddings." + table)).values();
    }

    /** The first-order weights of a table: {@code [rows, 1]}. */
    float[] firstOrder(String table) {
        return Objects.requireNonNull(tensors.get("first_order." + table)).values();
    }
}
