// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Input;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Project;
import org.sllmr.model.schema.Field;

/**
 * A network as operations of ONNX. Values of rows are {@code [N, w]}; those of history items and of pairs {@code [N, L, w]},
 * where what fills up a history is masked wherever it would be summed.
 */
final class Translation {
    private final GraphWriter graph;
    private final TrainedNetwork network;
    private final @Nullable String mask;
    private final @Nullable History order;
    private final Map<Node, String> values = new HashMap<>();

    private Translation(GraphWriter graph, TrainedNetwork network, @Nullable String mask, @Nullable History order) {
        this.graph = graph;
        this.network = network;
        this.mask = mask;
        this.order = order;
    }

    /** The logit of a network: {@code [N, 1]}. */
    static String logit(GraphWriter graph, TrainedNetwork network, InputFields fields) {
        Translation translation = new Translation(graph, network, fields.mask(), fields.sequenceOrder());
        Graph whole = network.graph();
        Set<Node> needed = whole.needed(List.of(whole.logit()));
        for (Node node : whole.nodes()) {
            if (needed.contains(node) && !translation.isRow(node)) {
                translation.values.put(node, translation.value(node, fields));
            }
        }
        // So that first-order weights are there even where nothing else reads the row.
        if (network.shape().width() > 0) {
            translation.row(fields, null);
        }
        return Objects.requireNonNull(translation.values.get(whole.logit()));
    }

    /** Whether a node is the rows' input, of which only {@link #row} makes values. */
    private boolean isRow(Node node) {
        return node.number() == 0;
    }

    private String value(Node node, InputFields fields) {
        if (node.operation() instanceof Input) {
            return node.axis() == Axis.HISTORY ? fields.sequence() : fields.pairs();
        }
        if (node.operation() instanceof Project project && isRow(node.inputs().get(0))) {
            return readsKnowledge(project) ? knowledge(fields, project) : row(fields, project);
        }
        if (node.inputs().stream().anyMatch(this::isRow)) {
            row(fields, null);
        }
        return Translators.of(node.operation()).translate(this, node);
    }

    private boolean readsKnowledge(Project project) {
        InputShape shape = network.shape();
        return !shape.knowledge().isEmpty()
                && project.parts().stream()
                        .allMatch(part ->
                                part.from() >= shape.at(shape.knowledge().get(0)));
    }

    /** Vectors that no backbone sees, of a row, times the matrices of a projection. */
    private String knowledge(InputFields fields, Project project) {
        List<String> parts = new ArrayList<>();
        for (Project.Part part : project.parts()) {
            Field field = network.shape().knowledge().stream()
                    .filter(one -> network.shape().at(one) == part.from() && one.floats() == part.length())
                    .findFirst()
                    .orElseThrow();
            parts.add(graph.add(
                    "MatMul",
                    fields.knowledge(field),
                    MatrixTranslators.transposed(this, Objects.requireNonNull(part.weight()))));
        }
        return graph.concatenate(parts);
    }

    private String row(InputFields fields, @Nullable Project projection) {
        Node row = network.graph().nodes().get(0);
        return values.computeIfAbsent(row, key -> fields.rows(projection));
    }

    /** The graph that is being made. */
    GraphWriter graph() {
        return graph;
    }

    /** The value of a node's input. */
    String input(Node node, int number) {
        return Objects.requireNonNull(values.get(node.inputs().get(number)));
    }

    /** The values of all inputs. */
    List<String> inputs(Node node) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            all.add(input(node, i));
        }
        return all;
    }

    /** 1 for pairs and history items that are there, else 0: {@code [N, L, 1]}. */
    String mask() {
        return graph.unsqueeze(Objects.requireNonNull(mask, "a network without histories"), 2);
    }

    /** How history items follow each other. */
    History order() {
        return Objects.requireNonNull(order, "a network without histories");
    }

    /** A parameter in its own shape. */
    String weights(Parameter parameter) {
        return graph.weights("network." + parameter.name(), network.values(parameter), parameter.shape());
    }

    /** A parameter of other lengths with as many floats. */
    String weights(Parameter parameter, int... shape) {
        return graph.weights(
                "network." + parameter.name() + " " + Arrays.toString(shape), network.values(parameter), shape);
    }

    /** Floats of a node's own. */
    String weights(String name, float[] floats, int... shape) {
        return graph.weights("network." + name, floats, shape);
    }

    /** The parameter of units, once for each group of a vector of that width. */
    String perElement(Parameter parameter, int width) {
        return perElement(parameter.name(), network.values(parameter), width);
    }

    /** Floats of units, once for each group of a vector of that width. */
    String perElement(String name, float[] units, int width) {
        float[] all = new float[width];
        for (int i = 0; i < width; i++) {
            all[i] = units[i % units.length];
        }
        return graph.weights("network." + name + " x " + width, all, width);
    }

    /** The values of a parameter. */
    float[] values(Parameter parameter) {
        return network.values(parameter);
    }

    /** All parameters, where operations look for them. */
    float[] parameters() {
        return network.parameters();
    }

    /** The vectors of a node in another shape. */
    String reshape(Node node, String x, long... lengths) {
        LongStream kept = LongStream.range(0, node.axis() == Axis.ROWS ? 1 : 2).map(i -> 0);
        return graph.reshape(x, LongStream.concat(kept, Arrays.stream(lengths)).toArray());
    }

    /** A row's vector for each of its history items: {@code [N, 1, w]}. */
    String forPairs(String rows) {
        return graph.unsqueeze(rows, 1);
    }
}
