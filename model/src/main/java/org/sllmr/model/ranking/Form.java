// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.FieldAttention;
import org.sllmr.model.operation.Weight;

/** What a value of a network is while the items of one user are ranked. */
sealed interface Form {
    /** Floats of a vector. */
    int width();

    /**
     * The sum of a part of the user alone, a part of the item alone, a part of both, and crosses.
     *
     * @param user in the user's graph, or null for 0
     * @param item in the items' graph, or null for 0
     * @param pair in the pairs' graph, or null for 0
     * @param crosses further summands
     * @param owners which elements are not 0 in which part; null if unknown
     */
    record Split(
            int width,
            @Nullable Node user,
            @Nullable Node item,
            @Nullable Node pair,
            List<Cross> crosses,
            @Nullable Owners owners)
            implements Form {
        /** Copies the list. */
        public Split {
            crosses = List.copyOf(crosses);
        }

        /** A value of the user alone. */
        static Split userOnly(Node node) {
            return new Split(node.width(), node, null, null, List.of(), null);
        }

        /** A value of the item alone. */
        static Split itemOnly(Node node) {
            return new Split(node.width(), null, node, null, List.of(), null);
        }

        /** A value of both. */
        static Split pairOnly(Node node) {
            return new Split(node.width(), null, null, node, List.of(), null);
        }

        /** The other summands. */
        Split withoutCrosses() {
            return new Split(width, user, item, pair, List.of(), owners);
        }

        boolean isOfUser() {
            return user != null && item == null && pair == null && crosses.isEmpty();
        }

        /** The user's part of a value that is of the user alone. */
        Node ofUser() {
            return Objects.requireNonNull(user);
        }

        /** The item's part of a value that is of the item alone. */
        Node ofItem() {
            return Objects.requireNonNull(item);
        }

        /** The part of both of a value that has no other. */
        Node ofPair() {
            return Objects.requireNonNull(pair);
        }

        boolean isOfItem() {
            return item != null && user == null && pair == null && crosses.isEmpty();
        }

        boolean isOfPair() {
            return pair != null && user == null && item == null && crosses.isEmpty();
        }

        /** Whether nothing of it sees user and item together. */
        boolean isSeparable() {
            return pair == null && crosses.isEmpty();
        }
    }

    /**
     * Elements that may differ from 0.
     *
     * @param user in the user's part
     * @param item in the item's part
     */
    record Owners(BitSet user, BitSet item) {
        boolean areDisjointTo(Owners other) {
            return !user.intersects(other.item) && !item.intersects(other.user);
        }
    }

    /**
     * s * (U h), element by element.
     *
     * @param scale s, separable
     * @param weight U; null where h is one float for all elements
     * @param low h, in the pairs' graph
     */
    record Cross(Split scale, @Nullable Weight weight, Node low) {}

    /** Values one behind the other. */
    record Joined(List<Form> parts) implements Form {
        /** Copies the list. */
        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public int width() {
            return parts.stream().mapToInt(Form::width).sum();
        }
    }

    /**
     * For each pair the product of its row with its history item.
     *
     * @param target the rows
     * @param items the history items, in the user's graph
     */
    record Products(Split target, Node items) implements Form {
        @Override
        public int width() {
            return target.width();
        }
    }

    /**
     * The weighted sum of the history items.
     *
     * @param weights one a pair, in the pairs' graph
     * @param items the history items, in the user's graph
     */
    record Aggregate(Node weights, Node items) implements Form {
        @Override
        public int width() {
            return items.width();
        }
    }

    /**
     * Attention of a row's fields, each of one side alone.
     *
     * @param tables queries, keys and values
     * @param ofUser which fields are the user's
     */
    record Attended(Split tables, BitSet ofUser, FieldAttention operation) implements Form {
        @Override
        public int width() {
            return operation.width(new int[] {tables.width()});
        }
    }
}
