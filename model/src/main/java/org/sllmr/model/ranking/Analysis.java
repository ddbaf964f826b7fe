// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Activate;
import org.sllmr.model.operation.Assemble;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Combine;
import org.sllmr.model.operation.CompressedInteraction;
import org.sllmr.model.operation.Concatenate;
import org.sllmr.model.operation.Dropout;
import org.sllmr.model.operation.FieldAttention;
import org.sllmr.model.operation.HistoryAggregate;
import org.sllmr.model.operation.HistoryProduct;
import org.sllmr.model.operation.Input;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Multiply;
import org.sllmr.model.operation.Operation;

/**
 * Takes a trained network apart into what depends on the user, on the item, and on both.
 *
 * <p>Every value is a sum of such parts ({@link Form}). An affine operation is applied to each part by itself, its constant to
 * one of them; any other one to the whole, unless that is of one side alone. Three products are not multiplied out before the
 * linear operation W that reads them, because then a part of it can be computed once:
 *
 * <ul>
 *   <li>W (s * (U h)) = (W diag(s) U) h, where s is a user's part and an item's part, and h is narrow (cross networks);
 *   <li>W (t * h) = (W diag(h)) t for a target t and a history item h (local activation);
 *   <li>W (sum of a_j h_j) = sum of a_j (W h_j) for weights a_j of history items h_j.
 * </ul>
 *
 * <p>{@linkplain AttentionParts Attention among fields} and compressed interactions are taken apart as a
 * whole, where each field is of one side.
 */
final class Analysis {
    private final Graph graph;
    private final BitSet userColumns;
    private final BitSet itemColumns;
    final PartGraph users;
    final PartGraph items;
    final PartGraph pairs;
    private final FieldParts fields;
    private final Wholes wholes;
    private final AffineParts affine;
    private final LinearParts linears;
    private final ProductParts products;
    private final Map<Node, Form> forms = new HashMap<>();

    /**
     * Prepares to take a network apart.
     *
     * @param derived takes parameters that are computed from the network's
     * @param statistics the network's running statistics
     * @param userColumns elements of a row's fields that depend on the user
     * @param itemColumns elements of a row's fields that depend on the item
     */
    Analysis(Graph graph, Derived derived, float[] statistics, BitSet userColumns, BitSet itemColumns) {
        PartGraphs graphs = new PartGraphs();
        this.graph = graph;
        this.userColumns = userColumns;
        this.itemColumns = itemColumns;
        this.users = graphs.users();
        this.items = graphs.items();
        this.pairs = graphs.pairs();
        this.fields = new FieldParts(graphs, derived);
        this.wholes = new Wholes(graphs, derived, fields);
        this.affine = new AffineParts(graphs, derived, statistics, fields, wholes);
        this.linears = new LinearParts(graphs, derived, wholes, affine);
        this.products = new ProductParts(graphs, wholes);
    }

    /** The logits, in the pairs' graph. */
    Node logits() {
        Set<Node> needed = graph.needed(List.of(graph.logit()));
        for (Node node : graph.nodes()) {
            if (!needed.contains(node) && !(node.operation() instanceof Input)) {
                continue;
            }
            forms.put(
                    node,
                    node.operation() instanceof Input input
                            ? input(input, graph.pairs().filter(node::equals).isPresent() || input.ofExamples())
                            : apply(
                                    node.operation(),
                                    node.inputs().stream().map(forms::get).toList()));
        }
        Node logits = wholes.whole(Objects.requireNonNull(forms.get(graph.logit())));
        pairs.output(logits);
        return logits;
    }

    /** What a value is, after {@link #logits}. */
    Form form(Node node) {
        return Objects.requireNonNull(forms.get(node));
    }

    private Form input(Input input, boolean ofPair) {
        if (ofPair) {
            return Form.Split.pairOnly(pairs.add(input));
        }
        Node user = input.on() == Axis.HISTORY || !userColumns.isEmpty() ? users.add(input) : null;
        if (input.on() == Axis.HISTORY) {
            return new Form.Split(input.floats(), user, null, null, List.of(), null);
        }
        Node item = itemColumns.isEmpty() ? null : items.add(input);
        return new Form.Split(input.floats(), user, item, null, List.of(), new Form.Owners(userColumns, itemColumns));
    }

    private Form apply(Operation operation, List<Form> inputs) {
        Form first = inputs.get(0);
        if (operation instanceof Dropout) {
            return first;
        }
        if (operation instanceof Concatenate) {
            return new Form.Joined(inputs);
        }
        if (operation instanceof Linear linear && linear.groups() == 1) {
            return linears.linear(linear, first);
        }
        if (operation instanceof CompressedInteraction interaction) {
            Node bySide = fields.interaction(interaction, wholes.flat(first));
            if (bySide != null) {
                return Form.Split.pairOnly(bySide);
            }
        }
        if (operation instanceof FieldAttention attention) {
            BitSet ofUser = FieldParts.ofUser(wholes.flat(first), attention.fields());
            if (ofUser != null) {
                return new Form.Attended(wholes.flat(first), ofUser, attention);
            }
        }
        if (operation instanceof Linear linear
                && first instanceof Form.Attended attended
                && linear.groups() == attended.operation().fields()) {
            return Form.Split.pairOnly(fields.attention(attended, linear));
        }
        if (operation instanceof Multiply multiply) {
            return products.multiply(multiply, wholes.flat(first), wholes.flat(inputs.get(1)));
        }
        if (operation instanceof HistoryProduct
                && wholes.flat(inputs.get(1)).isOfUser()
                && !wholes.flat(first).isOfUser()) {
            return new Form.Products(
                    wholes.flat(first), wholes.flat(inputs.get(1)).ofUser());
        }
        if (operation instanceof HistoryAggregate
                && wholes.flat(inputs.get(1)).isOfUser()
                && !wholes.flat(first).isOfUser()) {
            return new Form.Aggregate(
                    wholes.whole(first), wholes.flat(inputs.get(1)).ofUser());
        }
        List<Form.Split> splits = inputs.stream().map(wholes::flat).toList();
        if (splits.stream().allMatch(Form.Split::isOfUser)) {
            return Form.Split.userOnly(
                    users.add(operation, splits.stream().map(Form.Split::user).toArray(Node[]::new)));
        }
        if (splits.stream().allMatch(Form.Split::isOfItem)) {
            return Form.Split.itemOnly(
                    items.add(operation, splits.stream().map(Form.Split::item).toArray(Node[]::new)));
        }
        if (operation instanceof Combine combine) {
            return affine.combine(combine, splits);
        }
        if (operation.affine() && splits.size() == 1) {
            return affine.affine(operation, splits.get(0));
        }
        Node[] ofPairs = splits.stream().map(wholes::whole).toArray(Node[]::new);
        if (operation instanceof Activate activate
                && activate.function() == Activate.Function.RELU
                && ofPairs[0].operation() instanceof Assemble) {
            return Form.Split.pairOnly(
                    pairs.add(new Assemble(true), ofPairs[0].inputs().toArray(Node[]::new)));
        }
        return Form.Split.pairOnly(pairs.add(operation, ofPairs));
    }
}
