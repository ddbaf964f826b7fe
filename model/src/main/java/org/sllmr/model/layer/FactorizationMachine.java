// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;

/**
 * The second-order term of a factorization machine (Rendle 2010, lemma 3.1): the products of all pairs of fields, as half of
 * (square of sum - sum of squares).
 */
public final class FactorizationMachine {
    private FactorizationMachine() {}

    /**
     * The products of all pairs of fields, element by element.
     *
     * @param x {@code [fields, dimension]}
     * @return {@code [dimension]}
     */
    public static Node products(GraphBuilder network, Node x, int fields) {
        Node sum = network.sumGroups(fields, x);
        Node squares = network.sumGroups(fields, network.product(x, x));
        return network.scale(0.5f, network.difference(network.product(sum, sum), squares));
    }

    /** The inner products of all pairs of fields: one float. */
    public static Node term(GraphBuilder network, Node x, int fields) {
        return network.total(products(network, x, fields));
    }
}
