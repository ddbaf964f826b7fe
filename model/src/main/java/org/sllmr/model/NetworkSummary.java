// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.sllmr.data.Seed;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.propagation.GraphSize;
import org.sllmr.model.ranking.RankingNetwork;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Table;

/**
 * What a model is made of.
 *
 * @param tables the embedding tables
 * @param numeric what was fitted to numbers and vectors, by field or table
 * @param propagation what is done to the rows of users and items before they are read, if anything is
 * @param operations the operations of the network, in order
 * @param parameters number of trained parameters, tables included
 */
public record NetworkSummary(
        List<TableSize> tables,
        List<NumericField> numeric,
        Optional<GraphSize> propagation,
        List<Step> operations,
        long parameters) {
    /** Copies the lists. */
    public NetworkSummary {
        tables = List.copyOf(tables);
        numeric = List.copyOf(numeric);
        operations = List.copyOf(operations);
    }

    /**
     * A table.
     *
     * @param name of the table
     * @param rows number of rows
     * @param width floats of a row, the first-order weight included
     */
    public record TableSize(String name, int rows, int width) {}

    /**
     * A field of numbers or a vector.
     *
     * @param name of the field, or of the table that it shares with its history
     * @param fitted what it is, and what was fitted to training data
     */
    public record NumericField(String name, String fitted) {}

    /**
     * An operation.
     *
     * @param number place in the network
     * @param operation its name
     * @param inputs numbers of the operations whose results it reads
     * @param of what there is a vector for: {@code rows}, {@code history} or {@code pairs}
     * @param width floats of a vector of the result
     * @param parameters the parameters that it reads
     * @param dependence what of it ranking computes when
     */
    public record Step(
            int number,
            String operation,
            List<Integer> inputs,
            String of,
            int width,
            List<Parameter> parameters,
            RankingNetwork.Dependence dependence) {
        /** Copies the lists. */
        public Step {
            inputs = List.copyOf(inputs);
            parameters = List.copyOf(parameters);
        }
    }

    /** The summary of a model of that schema. */
    public static NetworkSummary of(FeatureSchema schema, ModelSettings settings) {
        InputShape shape = settings.shape(schema);
        Graph graph = settings.network(shape, new Seed(0));
        List<RankingNetwork.Dependence> dependences =
                RankingNetwork.dependences(graph, shape.userColumns(), shape.width());
        List<Step> steps = new ArrayList<>();
        for (Node node : graph.nodes()) {
            steps.add(new Step(
                    node.number(),
                    node.operation().getClass().getSimpleName(),
                    node.inputs().stream().map(Node::number).toList(),
                    node.axis().name().toLowerCase(Locale.ROOT),
                    node.width(),
                    node.operation().parameters(),
                    dependences.get(node.number())));
        }
        boolean weighted = settings.backbone().firstOrder() != FirstOrder.NONE;
        int width = settings.embeddingDimension() + (weighted ? 1 : 0);
        List<TableSize> tables = schema.tables().stream()
                .map(table -> new TableSize(table.name(), table.rows(), width))
                .toList();
        long rows = schema.tables().stream().mapToLong(Table::rows).sum();
        List<NumericField> numeric = new TreeMap<>(schema.fitted())
                .entrySet().stream()
                        .map(field -> new NumericField(field.getKey(), field.getValue()))
                        .toList();
        Optional<GraphSize> propagation =
                settings.backbone().propagation().flatMap(asked -> GraphSize.of(schema, asked));
        return new NetworkSummary(
                tables,
                numeric,
                propagation,
                steps,
                rows * width + graph.parameters().trained());
    }
}
