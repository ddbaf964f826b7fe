// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Select;
import org.sllmr.model.schema.Side;

/**
 * The two sides of a factorisation: fields that depend on the user and the position, and fields that depend on the item.
 *
 * <p>A side's factors are the sum over its fields (SVDFeature, Chen et al. 2012; LightFM, Kula 2015). With no fields but
 * {@code user} and {@code item} they are the user's and the item's own.
 */
public final class Sides {
    private final InputShape shape;
    private final int[] user;
    private final int[] item;

    /**
     * The sides of a schema.
     *
     * @throws InvalidInputException if a side has no field
     */
    public Sides(InputShape shape) {
        this.shape = shape;
        this.user = places(shape, Side.USER);
        this.item = places(shape, Side.ITEM);
        List<Problem> problems = new ArrayList<>();
        if (user.length == 0) {
            problems.add(new Problem("schema.fields", "a factorisation needs a field of the user, such as 'user'"));
        }
        if (item.length == 0) {
            problems.add(new Problem("schema.fields", "a factorisation needs a field of the item, such as 'item'"));
        }
        problems.addAll(shape.noPlaceForPairs("a factorisation"));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static int[] places(InputShape shape, Side side) {
        return IntStream.range(0, shape.fields().size())
                .filter(place -> shape.fields().get(place).side() == side)
                .toArray();
    }

    /**
     * Element-wise products of the factors of both sides.
     *
     * @param factors how many elements of each embedding, the first ones, are factors
     * @return {@code [factors]}
     */
    public Node product(GraphBuilder network, int factors) {
        return network.product(sum(network, user, factors), sum(network, item, factors));
    }

    private Node sum(GraphBuilder network, int[] places, int factors) {
        List<Select.Run> runs = IntStream.of(places)
                .mapToObj(place -> new Select.Run(place * shape.dimension(), factors))
                .toList();
        return network.sumGroups(places.length, network.select(network.fields(), runs));
    }
}
