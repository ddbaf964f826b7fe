// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.table.TableRows;

/** What a network reads of users and of items, each by themselves; for one thread, without allocation once grown. */
public final class SideRows {
    private final Kernels kernels;
    private final TableRows embeddings;
    private final Lookup lookup;
    private final int dimension;
    private final int historyWidth;
    /** How many embeddings a history item has. */
    private final int sequenceFields;

    private final SequenceVectors sequenceVectors;
    private final int width;
    private final int[] userPlaces;
    private final int[] itemPlaces;
    private final FirstOrder firstOrder;
    /** Whether each user field, in order, has a first-order weight. */
    private final boolean[] weighted;

    private final NumericRows numeric;
    private final NumericRows.Dots dots = new NumericRows.Dots();
    private NumericRows.UserSide userSide = new NumericRows.UserSide();

    private final Bags bags = new Bags();
    private final int[] noOne = {-1};
    private float[] history = new float[Products.SLACK];
    private int historyItems;

    /** For those embeddings, which must have caught up. */
    public SideRows(
            Kernels kernels, FeatureSchema schema, InputShape shape, FirstOrder firstOrder, TableRows embeddings) {
        this.kernels = kernels;
        this.embeddings = embeddings;
        this.lookup = new Lookup(schema, shape);
        this.dimension = shape.dimension();
        this.historyWidth = shape.sequenceWidth();
        this.sequenceFields = shape.sequenceTables().size();
        this.sequenceVectors = new SequenceVectors(shape);
        this.width = shape.width();
        this.numeric = new NumericRows(kernels, schema, shape);
        this.userPlaces = places(shape, false);
        this.itemPlaces = places(shape, true);
        this.firstOrder = firstOrder;
        this.weighted = new boolean[userPlaces.length];
        for (int i = 0; i < userPlaces.length; i++) {
            weighted[i] = firstOrder == FirstOrder.ALL_FIELDS
                    || (firstOrder == FirstOrder.WITHOUT_HISTORY
                            && !shape.pooled().get(userPlaces[i]).ofHistory());
        }
    }

    private static int[] places(InputShape shape, boolean ofItem) {
        List<Field> pooled = shape.pooled();
        return IntStream.range(0, pooled.size())
                .filter(place -> pooled.get(place).ofItem() == ofItem)
                .toArray();
    }

    /** Floats of a row of the network's input. */
    public int width() {
        return width;
    }

    /** What the floats of a user's pairs are made of, for the user looked up last. */
    public final class Pairs {
        private final NumericRows.UserSide side;
        private final NumericRows.Dots dots;

        private Pairs(NumericRows.UserSide side, NumericRows.Dots dots) {
            this.side = side;
            this.dots = dots;
        }

        /** The same with memory of its own, for another thread; this one must only be copied from then on. */
        public synchronized Pairs copy() {
            numeric.pack(side);
            return new Pairs(side, new NumericRows.Dots());
        }

        /**
         * Writes the network's input of pairs.
         *
         * @param first the first item
         * @param target receives {@code [count, pairWidth]}
         */
        public void write(int first, int count, float[] target) {
            numeric.pairs(side, first, count, target, dots);
        }

        /**
         * As {@link #write(int, int, float[])}, of items in any order.
         *
         * @param items the items
         * @param target receives {@code [items, pairWidth]}
         */
        public void write(int[] items, float[] target) {
            float[] one = new float[pairWidth()];
            for (int i = 0; i < items.length; i++) {
                numeric.pairs(side, items[i], 1, one, dots);
                System.arraycopy(one, 0, target, i * one.length, one.length);
            }
        }
    }

    /** The pairs of a user whom other rows of the same model have looked up, for this thread; one at a time may use them. */
    public Pairs adopted(Pairs pairs) {
        return new Pairs(pairs.side, dots);
    }

    /** Most floats that the pairs of a user are made of. */
    public int pairsFloats() {
        return numeric.userFloats();
    }

    /** Floats of a row of the network's input of user and item together. */
    public int pairWidth() {
        return numeric.pairWidth();
    }

    /** The pairs of the user looked up last, with whatever items. */
    public Pairs pairs() {
        Pairs pairs = new Pairs(userSide, dots);
        userSide = new NumericRows.UserSide();
        return pairs;
    }

    /**
     * Looks up a user at a position.
     *
     * @param target receives what is of the user among all {@link #width} floats of a row
     * @return the sum of the user's first-order weights
     */
    public float user(InteractionLog log, int user, int position, float[] target) {
        numeric.read(log, user, position, userSide);
        bags.clear();
        boolean known = user >= 0 && user < log.users();
        lookup.group(log, user, position, known ? log.contextIndex(user, position) : -1, bags);
        float sum = pooled(target);
        if (historyWidth > 0) {
            bags.clear();
            keepHistory(lookup.sequence(log, user, position, bags));
        }
        return sum;
    }

    /**
     * Looks up a user with a given history.
     *
     * @param user the user, or -1 for one whom training has not seen
     * @param items the items before, the oldest first; the model reads as many of the last ones as its schema says
     * @param context row of the context columns, or -1
     * @param target as in {@link #user(InteractionLog, int, int, float[])}
     */
    public float user(int user, int[] items, int context, float[] target) {
        numeric.read(user, items, userSide);
        bags.clear();
        lookup.group(user, items, context, bags);
        float sum = pooled(target);
        if (historyWidth > 0) {
            bags.clear();
            keepHistory(lookup.sequence(items, bags));
        }
        return sum;
    }

    /** Pools the bags of the user's fields, and gives the sum of their first-order weights. */
    private float pooled(float[] target) {
        numeric.user(userSide, target, 0);
        for (int i = 0; i < userPlaces.length; i++) {
            pool(i, 1, target, userPlaces[i] * dimension);
        }
        float sum = 0;
        for (int field = 0; field < userPlaces.length; field++) {
            if (weighted[field]) {
                sum += linear(field);
            }
        }
        return sum;
    }

    private void keepHistory(int items) {
        historyItems = items;
        int size = historyItems * historyWidth;
        if (history.length < size + Products.SLACK) {
            history = new float[size + Products.SLACK];
        }
        for (int bag = 0; bag < historyItems * sequenceFields; bag++) {
            pool(bag, 1, history, bag / sequenceFields * historyWidth + bag % sequenceFields * dimension);
        }
        sequenceVectors.write(lookup.items(), historyItems, history);
    }

    /** Floats of the embeddings of a history item. */
    public int historyWidth() {
        return historyWidth;
    }

    /** The items of a user's history before a position that the network reads, the oldest first. */
    public int[] historyNumbers(InteractionLog log, int user, int position) {
        bags.clear();
        return Arrays.copyOf(lookup.items(), lookup.sequence(log, user, position, bags));
    }

    /**
     * Looks up an item as one of a history.
     *
     * @param target receives its embeddings, from {@code at} on
     */
    public void historyItem(int item, float[] target, int at) {
        bags.clear();
        keepHistory(lookup.sequence(new int[] {item}, bags));
        System.arraycopy(history, 0, target, at, historyWidth);
    }

    /** Number of history items of the user looked up last. */
    public int historyItems() {
        return historyItems;
    }

    /** Their embeddings, the oldest first: {@code [history items, history width]}. */
    public float[] history() {
        return history;
    }

    /**
     * Looks up an item.
     *
     * @param target receives what is of the item, in a row from {@code at}
     * @return the sum of the item's first-order weights
     */
    public float item(int item, float[] target, int at) {
        numeric.item(item, target, at);
        bags.clear();
        lookup.row(new Instances(noOne, new int[] {item}, noOne), 0, bags);
        for (int i = 0; i < itemPlaces.length; i++) {
            pool(i, 1, target, at + itemPlaces[i] * dimension);
        }
        float sum = 0;
        if (firstOrder != FirstOrder.NONE) {
            for (int field = 0; field < itemPlaces.length; field++) {
                sum += linear(field);
            }
        }
        return sum;
    }

    private void pool(int bag, int count, float[] target, int at) {
        for (int i = 0; i < count; i++) {
            kernels.gather(
                    embeddings.values(),
                    embeddings.stride(),
                    bags.rows(),
                    bags.scales(),
                    bags.from(bag + i),
                    bags.to(bag + i),
                    target,
                    at + i * dimension,
                    dimension);
        }
    }

    private float linear(int bag) {
        float sum = 0;
        for (int e = bags.from(bag); e < bags.to(bag); e++) {
            sum += bags.scales()[e] * embeddings.values()[bags.rows()[e] * embeddings.stride() + dimension];
        }
        return sum;
    }
}
