// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.data.Column;
import org.sllmr.data.PairColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.visit.Visits;

/**
 * One input of a model: a bag of weighted embeddings of one table, or a few floats that the network projects to as many as
 * an embedding has.
 *
 * @param name unique name, such as {@code item.brand}
 * @param table index of the embedding table in {@link FeatureSchema#tables()}, or {@link #NO_TABLE}
 * @param source where its values come from
 */
public record Field(String name, int table, Source source) {
    /** Stands for the table of a field whose floats are projected. */
    public static final int NO_TABLE = -1;

    /** Where a field's values come from. */
    public sealed interface Source {}

    /** Floats that the network projects. */
    public sealed interface Floats extends Source {
        /** Number of floats. */
        int width();
    }

    /** The user. */
    public record UserId() implements Source {}

    /**
     * A field of the user.
     *
     * @param column one row a user
     */
    public record UserColumn(Column column) implements Source {}

    /** The item. */
    public record ItemId() implements Source {}

    /**
     * A field of the item.
     *
     * @param column one row an item
     */
    public record ItemColumn(Column column) implements Source {}

    /**
     * A field of the interaction at the row's position; without values where the log does not show that interaction.
     *
     * @param column one row an interaction of the full log
     */
    public record ContextColumn(Column column) implements Source {}

    /** The last items before the row's position. */
    public record ItemHistory() implements Source {}

    /**
     * A field of the last items before the row's position.
     *
     * @param column one row an item
     */
    public record ColumnHistory(Column column) implements Source {}

    /**
     * A number of the user.
     *
     * @param numbers one row a user
     */
    public record UserNumber(EncodedNumbers numbers) implements Source {}

    /**
     * A number of the item.
     *
     * @param numbers one row an item
     */
    public record ItemNumber(EncodedNumbers numbers) implements Source {}

    /**
     * A number of the interaction at the row's position.
     *
     * @param numbers one row an interaction of the full log
     */
    public record ContextNumber(EncodedNumbers numbers) implements Source {}

    /**
     * A number of the last items before the row's position.
     *
     * @param numbers one row an item
     */
    public record NumberHistory(EncodedNumbers numbers) implements Source {}

    /**
     * The user's vector.
     *
     * @param column one row a user
     * @param scale what every element is multiplied by
     */
    public record UserVector(VectorColumn column, float scale) implements Floats {
        @Override
        public int width() {
            return column.width();
        }
    }

    /**
     * The item's vector.
     *
     * @param column one row an item
     * @param scale what every element is multiplied by
     */
    public record ItemVector(VectorColumn column, float scale) implements Floats {
        @Override
        public int width() {
            return column.width();
        }
    }

    /**
     * The mean of the vectors of the last items; zeros without a history.
     *
     * @param column one row an item
     * @param scale what every element is multiplied by
     */
    public record VectorHistory(VectorColumn column, float scale) implements Floats {
        @Override
        public int width() {
            return column.width();
        }
    }

    /**
     * The product, element by element, of the item's vector and the mean of the vectors of the last items.
     *
     * @param column one row an item
     * @param scale what every element is multiplied by
     */
    public record VectorProduct(VectorColumn column, float scale) implements Floats {
        @Override
        public int width() {
            return column.width();
        }
    }

    /**
     * The largest cosine of the item's vector with those of the last items: as a number, its square, and whether there is
     * none.
     *
     * @param vectors one row an item, with their lengths
     * @param items how many of the last items count
     * @param cosine how a cosine becomes a number
     * @param square how its square becomes a number
     */
    public record NearestCosine(MeasuredVectors vectors, int items, NumberScale cosine, NumberScale square)
            implements Floats {
        @Override
        public int width() {
            return 3;
        }
    }

    /**
     * A number of the pair of user and item, and whether there is none.
     *
     * @param column the numbers
     * @param scale how they are scaled
     */
    public record PairNumber(PairColumn column, NumberScale scale) implements Floats {
        @Override
        public int width() {
            return 2;
        }
    }

    /**
     * How much the item is visited from the last items, as a number, and whether it never is.
     *
     * @param visits the visits
     * @param items how many of the last items count
     * @param scale how they are scaled
     */
    public record Visited(Visits visits, int items, NumberScale scale) implements Floats {
        @Override
        public int width() {
            return 2;
        }
    }

    /** A vector that the network makes of others, and that a backbone sees as a field; nothing is looked up for it. */
    public record Made() implements Source {}

    /** The label of an example, as two floats: 1 and 0 for a negative, 0 and 1 for a positive. */
    public record ExampleLabel() implements Floats {
        @Override
        public int width() {
            return 2;
        }
    }

    /**
     * The vector of the chain of thought of an example, which nothing but an example has: a row never reads its own.
     *
     * @param width its floats
     */
    public record ExampleChain(int width) implements Floats {}

    /** Whether no backbone sees it: what is known of users, items and examples, for an augmentation. */
    public boolean ofKnowledge() {
        return name.equals(KnowledgeSource.USER)
                || name.equals(KnowledgeSource.ITEM)
                || name.equals(KnowledgeSource.CHAIN);
    }

    /** Whether the values are those of the last items, and of no other one. */
    public boolean ofHistory() {
        return source instanceof ItemHistory
                || source instanceof ColumnHistory
                || source instanceof NumberHistory
                || source instanceof VectorHistory;
    }

    /** What the values depend on. */
    public Side side() {
        if (source instanceof ItemId
                || source instanceof ItemColumn
                || source instanceof ItemNumber
                || source instanceof ItemVector) {
            return Side.ITEM;
        }
        return source instanceof VectorProduct
                        || source instanceof NearestCosine
                        || source instanceof PairNumber
                        || source instanceof Visited
                        || source instanceof Made
                ? Side.PAIR
                : Side.USER;
    }

    /** Whether the values depend on the item of a row, and not on its user and position. */
    public boolean ofItem() {
        return side() == Side.ITEM;
    }

    /** Whether the field is a bag of embeddings. */
    public boolean hasTable() {
        return table != NO_TABLE;
    }

    /** How many floats the network projects; 0 for a bag of embeddings. */
    public int floats() {
        return source instanceof Floats floats ? floats.width() : 0;
    }
}
