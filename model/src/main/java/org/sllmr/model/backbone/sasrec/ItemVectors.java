// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.sasrec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.layer.LinearExperts;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Parameter;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.Weight;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.Side;

/**
 * What of the fields makes an item's vector, in the history and as the candidate, and what else there is.
 *
 * @param ofHistory one vector a history item
 * @param ofCandidate one vector a row
 * @param ofUser fields of the user, if there are any
 * @param others fields of the candidate that history items lack, if there are any
 */
record ItemVectors(Node ofHistory, Node ofCandidate, Optional<Node> ofUser, Optional<Node> others) {
    /**
     * Reads the fields.
     *
     * @param experts how many make an item's vector; 0 for a linear map where there are several fields
     * @throws InvalidInputException if there is no history, an item lacks a field of history items, or a field is of user and
     *     item together
     */
    static ItemVectors of(GraphBuilder network, InputShape shape, int experts) {
        List<String> names = shape.fields().stream().map(Field::name).toList();
        List<Integer> places = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        if (shape.sequence().isEmpty()) {
            problems.add(new Problem(
                    "schema", "sasrec reads histories: include 'history', and let historyLength be above 0"));
        }
        for (Field field : shape.sequence()) {
            String twin = InputShape.twin(field.name());
            places.add(names.indexOf(twin));
            if (!names.contains(twin)) {
                problems.add(new Problem(
                        "schema.fields",
                        "sasrec makes one vector of an item in the history and as the candidate, from '" + field.name()
                                + "' and '" + twin + "'; include both or none"));
            }
        }
        problems.addAll(shape.noPlaceForPairs("sasrec"));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        Node candidate = fields(network, shape, places).orElseThrow();
        Node history = network.history();
        if (experts > 0) {
            LinearExperts mixture = new LinearExperts(network, "item", experts, candidate.width(), shape.dimension());
            candidate = mixture.of(candidate);
            history = mixture.of(history);
        } else if (places.size() > 1) {
            int width = candidate.width();
            Parameter weight = network.parameter(
                    "item.weight", network.linear().weight(), width, shape.dimension(), shape.dimension(), width);
            candidate = network.add(new Linear(Weight.whole(weight), null, 1), candidate);
            history = network.add(new Linear(Weight.whole(weight), null, 1), history);
        }
        return new ItemVectors(
                history,
                candidate,
                fields(network, shape, places(shape, Side.USER, List.of())),
                fields(network, shape, places(shape, Side.ITEM, places)));
    }

    private static List<Integer> places(InputShape shape, Side side, List<Integer> without) {
        return IntStream.range(0, shape.fields().size())
                .filter(place -> shape.fields().get(place).side() == side && !without.contains(place))
                .boxed()
                .toList();
    }

    private static Optional<Node> fields(GraphBuilder network, InputShape shape, List<Integer> places) {
        List<Select.Run> runs = places.stream()
                .map(place -> new Select.Run(place * shape.dimension(), shape.dimension()))
                .toList();
        return runs.isEmpty() ? Optional.empty() : Optional.of(network.select(network.fields(), runs));
    }
}
