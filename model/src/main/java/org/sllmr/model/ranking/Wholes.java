// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Assemble;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Combine;
import org.sllmr.model.operation.Concatenate;
import org.sllmr.model.operation.HistoryAggregate;
import org.sllmr.model.operation.HistoryProduct;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Multiply;
import org.sllmr.model.operation.Weight;

/** Values as one sum of parts, and as what they are in the pairs' graph. */
final class Wholes {
    private final PartGraph users;
    private final PartGraph items;
    private final PartGraph pairs;
    private final Derived derived;
    private final FieldParts fields;
    private final IdentityHashMap<Form, Node> whole = new IdentityHashMap<>();
    /** Values beside each other as one value of two sides. */
    private final IdentityHashMap<Form, Form.Split> apart = new IdentityHashMap<>();

    Wholes(PartGraphs graphs, Derived derived, FieldParts fields) {
        this.users = graphs.users();
        this.items = graphs.items();
        this.pairs = graphs.pairs();
        this.derived = derived;
        this.fields = fields;
    }

    /** A value as one sum of parts. */
    Form.Split flat(Form form) {
        if (form instanceof Form.Split split) {
            return split;
        }
        if (form instanceof Form.Joined joined) {
            List<Form.Split> parts = joined.parts().stream().map(this::flat).toList();
            if (parts.stream().allMatch(Form.Split::isOfUser)) {
                return Form.Split.userOnly(users.add(
                        new Concatenate(), parts.stream().map(Form.Split::user).toArray(Node[]::new)));
            }
            if (parts.stream().allMatch(Form.Split::isOfItem)) {
                return Form.Split.itemOnly(items.add(
                        new Concatenate(), parts.stream().map(Form.Split::item).toArray(Node[]::new)));
            }
            if (parts.stream().allMatch(Wholes::isOfRowsApart)) {
                return apart.computeIfAbsent(form, key -> besideEachOther(parts));
            }
        }
        return Form.Split.pairOnly(whole(form));
    }

    private static boolean isOfRowsApart(Form.Split split) {
        return split.isSeparable() && (split.user() == null || split.user().axis() == Axis.ROWS);
    }

    /** Values of both sides, one behind the other: each side's elements in their places, and zeros in the others'. */
    private Form.Split besideEachOther(List<Form.Split> parts) {
        int width = parts.stream().mapToInt(Form.Split::width).sum();
        List<Node> ofUser = new ArrayList<>();
        List<Node> ofItem = new ArrayList<>();
        BitSet userElements = new BitSet();
        BitSet itemElements = new BitSet();
        int at = 0;
        for (Form.Split part : parts) {
            Form.Owners owners = part.owners();
            for (int i = 0; i < part.width(); i++) {
                userElements.set(
                        at + i,
                        part.user() != null && (owners == null || owners.user().get(i)));
                itemElements.set(
                        at + i,
                        part.item() != null && (owners == null || owners.item().get(i)));
            }
            if (part.user() != null) {
                ofUser.add(users.add(padding(at, part.width(), width), part.user()));
            }
            if (part.item() != null) {
                ofItem.add(items.add(padding(at, part.width(), width), part.item()));
            }
            at += part.width();
        }
        return new Form.Split(
                width,
                total(users, ofUser),
                total(items, ofItem),
                null,
                List.of(),
                new Form.Owners(userElements, itemElements));
    }

    private static @Nullable Node total(PartGraph graph, List<Node> summands) {
        if (summands.isEmpty()) {
            return null;
        }
        return summands.size() == 1
                ? summands.get(0)
                : graph.add(new Combine(Collections.nCopies(summands.size(), 1f)), summands.toArray(Node[]::new));
    }

    /** Elements from {@code at} on of a wider vector, whose others are 0. */
    private Linear padding(int at, int width, int padded) {
        float[] matrix = new float[Math.multiplyExact(padded, width)];
        for (int i = 0; i < width; i++) {
            matrix[(at + i) * width + i] = 1;
        }
        return new Linear(Weight.whole(derived.add(matrix, padded, width)), null, 1);
    }

    /** A value's crosses as a part of both sides. */
    Form.Split multipliedOut(Form.Split split) {
        if (split.crosses().isEmpty()) {
            return split;
        }
        List<Node> summands = new ArrayList<>();
        if (split.pair() != null) {
            summands.add(split.pair());
        }
        for (Form.Cross cross : split.crosses()) {
            Node scale = whole(cross.scale());
            summands.add(
                    cross.weight() == null
                            ? pairs.add(new Multiply(split.width()), scale, cross.low())
                            : pairs.add(
                                    new Multiply(1),
                                    scale,
                                    pairs.add(new Linear(cross.weight(), null, 1), cross.low())));
        }
        Node pair =
                summands.size() == 1 ? summands.get(0) : pairs.add(new Assemble(false), summands.toArray(Node[]::new));
        return new Form.Split(split.width(), split.user(), split.item(), pair, List.of(), null);
    }

    /** A value in the pairs' graph. */
    Node whole(Form form) {
        Node known = whole.get(form);
        if (known == null) {
            known = assemble(form);
            whole.put(form, known);
        }
        return known;
    }

    private Node assemble(Form form) {
        if (form instanceof Form.Joined joined) {
            return pairs.add(
                    new Concatenate(), joined.parts().stream().map(this::whole).toArray(Node[]::new));
        }
        if (form instanceof Form.Aggregate aggregate) {
            return pairs.add(
                    new HistoryAggregate(), aggregate.weights(), pairs.take(users, aggregate.items(), Axis.HISTORY));
        }
        if (form instanceof Form.Products products) {
            return pairs.add(
                    new HistoryProduct(), whole(products.target()), pairs.take(users, products.items(), Axis.HISTORY));
        }
        if (form instanceof Form.Attended attended) {
            return fields.attention(attended, null);
        }
        Form.Split split = multipliedOut((Form.Split) form);
        if (split.isOfUser() && split.ofUser().axis() == Axis.HISTORY) {
            return pairs.take(users, split.ofUser(), Axis.HISTORY);
        }
        List<Node> summands = new ArrayList<>();
        if (split.pair() != null) {
            summands.add(split.pair());
        }
        if (split.item() != null) {
            summands.add(pairs.take(items, split.item(), Axis.ROWS));
        }
        if (split.user() != null) {
            if (split.user().axis() != Axis.ROWS) {
                throw new IllegalStateException(
                        "a value of the user alone stands on " + split.user().axis());
            }
            summands.add(pairs.take(users, split.user(), Axis.USER));
        }
        return summands.size() == 1 && summands.get(0).axis() != Axis.USER
                ? summands.get(0)
                : pairs.add(new Assemble(false), summands.toArray(Node[]::new));
    }
}
