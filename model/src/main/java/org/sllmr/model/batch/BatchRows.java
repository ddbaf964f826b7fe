// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.Arrays;
import java.util.List;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.table.TableRows;

/**
 * The embedding rows of one batch, pooled to and from the network's input, and what else that holds; used again and again,
 * and without allocation once it has grown to the largest batch.
 */
public final class BatchRows {
    private final Kernels kernels;
    private final Lookup lookup;
    private final int dimension;
    private final int width;
    private final boolean linear;
    /** How many user fields, the first ones, have first-order weights. */
    private final int linearUserFields;

    private final int[] userFields;
    private final int[] itemFields;
    private final Bags groups = new Bags();
    private final Bags items = new Bags();
    private final HistoryRows history;
    /** How many embeddings a history item has. */
    private final int sequenceFields;

    private final SequenceVectors sequenceVectors;
    /** Group of each row. */
    private int[] groupOf = new int[256];

    private final NumericRows numeric;
    private final NumericRows.UserSide userSide = new NumericRows.UserSide();
    private int rows;
    private float[] accumulators = new float[0];

    /**
     * For tables of that schema.
     *
     * @param shape what the backbone reads
     * @param firstOrder which fields have a first-order weight, the float after the embedding
     */
    public BatchRows(Kernels kernels, FeatureSchema schema, InputShape shape, FirstOrder firstOrder) {
        this.kernels = kernels;
        this.lookup = new Lookup(schema, shape);
        this.dimension = shape.dimension();
        this.width = shape.width();
        this.numeric = new NumericRows(kernels, schema, shape);
        this.linear = firstOrder != FirstOrder.NONE;
        this.userFields = places(shape.pooled(), false);
        this.itemFields = places(shape.pooled(), true);
        this.history = new HistoryRows(shape.sequenceWidth());
        this.sequenceFields = shape.sequenceTables().size();
        this.sequenceVectors = new SequenceVectors(shape);
        int weighted = 0;
        while (weighted < userFields.length
                && (firstOrder == FirstOrder.ALL_FIELDS
                        || !shape.pooled().get(userFields[weighted]).ofHistory())) {
            weighted++;
        }
        // A schema lists histories last.
        this.linearUserFields = weighted;
    }

    /**
     * Adds the derivatives of half the squared length of the trained rows that samples name to sums: what
     * is of the user once a group of rows, what is of the item once a row; history items by themselves not at all.
     *
     * @param trained the rows
     * @param samples how many of the rows are samples, the first ones
     * @param factor of the derivatives, divided by the number of groups
     * @param sums {@code [unique.count(), stride]}
     */
    public void decay(TableRows trained, int samples, double factor, UniqueRows unique, float[] sums) {
        int count = samples == 0 ? 0 : groupOf[samples - 1] + 1;
        float[] scale = {count == 0 ? 0 : (float) (factor / count)};
        decay(groups, count * userFields.length, unique, trained, scale, sums);
        decay(items, samples * itemFields.length, unique, trained, scale, sums);
    }

    private void decay(Bags bags, int count, UniqueRows unique, TableRows trained, float[] scale, float[] sums) {
        int[] row = new int[1];
        for (int e = 0; count > 0 && e < bags.to(count - 1); e++) {
            row[0] = bags.slots()[e];
            int from = unique.rows()[row[0]] * trained.stride();
            kernels.scatter(trained.values(), from, trained.stride(), row, scale, 0, 1, sums, trained.stride());
        }
    }

    private static int[] places(List<Field> all, boolean ofItem) {
        int[] places = new int[all.size()];
        int count = 0;
        for (int field = 0; field < all.size(); field++) {
            if (all.get(field).ofItem() == ofItem) {
                places[count++] = field;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** Looks up rows {@code [from, to)}. */
    public void fill(InteractionLog log, Instances instances, int from, int to) {
        fill(log, instances, from, to, Unknowns.NONE);
    }

    /** Looks up rows {@code [from, to)}, of which some values count as unknown. */
    public void fill(InteractionLog log, Instances instances, int from, int to, Unknowns unknowns) {
        lookup.unknowns(unknowns);
        groups.clear();
        items.clear();
        history.clear();
        rows = to - from;
        if (groupOf.length < rows) {
            groupOf = new int[Math.max(rows, 2 * groupOf.length)];
        }
        int group = -1;
        int historyItems = 0;
        for (int row = from; row < to; row++) {
            int user = instances.users()[row];
            int position = instances.positions()[row];
            if (row == from || startsGroup(instances, row)) {
                lookup.group(log, user, position, instances.context(log, row), groups);
                if (history.width() > 0) {
                    historyItems = lookup.sequence(log, user, position, history.bags());
                    history.addItems(lookup.items(), historyItems);
                }
                group++;
            }
            groupOf[row - from] = group;
            history.addPairs(row - from, historyItems);
            lookup.row(instances, row, items);
        }
    }

    /**
     * Writes what of the network's input and of {@link #history} is not made of embeddings, for the rows of the last {@link
     * #fill}.
     *
     * @param trained whether the rows are trained on
     * @param input the network's input: {@code [rows, width]}
     * @param pairs its input of user and item together: {@code [rows, pairWidth]}
     */
    public void numbers(
            InteractionLog log, Instances instances, int from, boolean trained, float[] input, float[] pairs) {
        sequenceVectors.write(history.ids(), history.items(), history.values());
        if (numeric.isEmpty()) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            if (row > 0 && groupOf[row - 1] == groupOf[row]) {
                numeric.copyUser(input, at - width, at);
            } else {
                numeric.read(log, instances.users()[from + row], instances.positions()[from + row], trained, userSide);
                numeric.user(userSide, input, at);
            }
            numeric.item(instances.items()[from + row], input, at);
            numeric.pair(userSide, instances.items()[from + row], pairs, row * numeric.pairWidth());
        }
    }

    /** Floats of a row of the network's input of user and item together. */
    public int pairWidth() {
        return numeric.pairWidth();
    }

    /** Whether a row differs from the one before in what depends on user, position and context. */
    private static boolean startsGroup(Instances instances, int row) {
        return instances.users()[row] != instances.users()[row - 1]
                || instances.positions()[row] != instances.positions()[row - 1]
                || (instances.contexts().length > 0
                        && instances.contexts()[row] != instances.contexts()[row - 1]);
    }

    /** Collects the distinct rows, for training. */
    public void number(UniqueRows unique) {
        unique.clear();
        numberFurther(unique);
    }

    /** Adds the distinct rows to those that are collected. */
    public void numberFurther(UniqueRows unique) {
        unique.number(groups);
        unique.number(items);
        unique.number(history.bags());
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Floats of one row of the matrix. */
    public int width() {
        return width;
    }

    /** The history items of the rows; none where histories are pooled. */
    public HistoryRows history() {
        return history;
    }

    /**
     * Pools the embeddings, those of history items into {@link #history}.
     *
     * @param input the network's input {@code [rows, width]}, whose first elements are the pooled fields
     * @param logits the sums of pooled first-order weights, one a row; zeros if the model has none
     */
    public void gather(TableRows embeddings, float[] input, float[] logits) {
        float[] weights = embeddings.values();
        int stride = embeddings.stride();
        gatherHistory(weights, stride);
        float groupLinear = 0;
        for (int row = 0; row < rows; row++) {
            int at = row * width();
            int group = groupOf[row];
            if (row > 0 && groupOf[row - 1] == group) {
                for (int place : userFields) {
                    System.arraycopy(input, at - width() + place * dimension, input, at + place * dimension, dimension);
                }
            } else {
                pool(groups, group * userFields.length, userFields, weights, stride, input, at);
                groupLinear = linear ? linear(groups, group * userFields.length, linearUserFields, weights, stride) : 0;
            }
            pool(items, row * itemFields.length, itemFields, weights, stride, input, at);
            logits[row] = linear
                    ? groupLinear + linear(items, row * itemFields.length, itemFields.length, weights, stride)
                    : 0;
        }
    }

    /** Where the embedding of a bag begins among the history items. */
    private int sequenceAt(int bag) {
        return bag / sequenceFields * history.width() + bag % sequenceFields * dimension;
    }

    private void gatherHistory(float[] weights, int stride) {
        Bags bags = history.bags();
        float[] values = history.values();
        for (int bag = 0; bag < history.items() * sequenceFields; bag++) {
            int at = sequenceAt(bag);
            kernels.gather(
                    weights, stride, bags.rows(), bags.scales(), bags.from(bag), bags.to(bag), values, at, dimension);
        }
    }

    private void scatterHistory(float[] values, int stride) {
        Bags bags = history.bags();
        for (int bag = 0; bag < history.items() * sequenceFields; bag++) {
            int at = sequenceAt(bag);
            kernels.scatter(
                    values,
                    at,
                    dimension,
                    bags.slots(),
                    bags.scales(),
                    bags.from(bag),
                    bags.to(bag),
                    accumulators,
                    stride);
        }
    }

    private void pool(Bags bags, int bag, int[] places, float[] weights, int stride, float[] input, int at) {
        for (int place : places) {
            kernels.gather(
                    weights,
                    stride,
                    bags.rows(),
                    bags.scales(),
                    bags.from(bag),
                    bags.to(bag),
                    input,
                    at + place * dimension,
                    dimension);
            bag++;
        }
    }

    private float linear(Bags bags, int bag, int count, float[] weights, int stride) {
        float sum = 0;
        if (count > 0) {
            int[] entryRows = bags.rows();
            float[] scales = bags.scales();
            for (int e = bags.from(bag); e < bags.to(bag + count - 1); e++) {
                sum += scales[e] * weights[entryRows[e] * stride + dimension];
            }
        }
        return sum;
    }

    /**
     * Sums the gradients of each distinct row, in a fixed order.
     *
     * @param input derivative of the loss by the network's input: {@code [rows, width]}; overwritten
     * @param historyItems derivative of the loss by the history items: {@code [items, width of an item]}
     * @param logits derivative of the loss by each logit
     * @return {@code [unique.count(), stride]}, valid until the next call
     */
    public float[] scatter(UniqueRows unique, int stride, float[] input, float[] historyItems, float[] logits) {
        int size = unique.count() * stride;
        if (accumulators.length < size) {
            accumulators = new float[Math.max(size, 2 * accumulators.length)];
        }
        Arrays.fill(accumulators, 0, size, 0);
        add(stride, input, historyItems, logits);
        return accumulators;
    }

    /**
     * Adds the gradients of rows without first-order weights to sums that {@link #scatter} of other rows has made.
     *
     * @param sums {@code [unique.count(), stride]}
     * @param input derivative of the loss by these rows: {@code [rows, width]}; overwritten
     */
    public void scatterFurther(float[] sums, int stride, float[] input) {
        if (linear || history.width() > 0) {
            throw new IllegalStateException("rows with first-order weights or histories item by item");
        }
        float[] own = accumulators;
        accumulators = sums;
        add(stride, input, new float[0], new float[rows]);
        accumulators = own;
    }

    private void add(int stride, float[] input, float[] historyItems, float[] logits) {
        for (int row = 0; row < rows; ) {
            int group = groupOf[row];
            int end = row;
            float groupLogit = 0;
            while (end < rows && groupOf[end] == group) {
                groupLogit += logits[end++];
            }
            // The rows of a group sum up in its first row.
            for (int other = row + 1; other < end; other++) {
                for (int place : userFields) {
                    kernels.add(
                            input,
                            other * width() + place * dimension,
                            input,
                            row * width() + place * dimension,
                            dimension);
                }
            }
            spread(
                    groups,
                    group * userFields.length,
                    userFields,
                    linearUserFields,
                    input,
                    row * width(),
                    groupLogit,
                    stride);
            for (; row < end; row++) {
                spread(
                        items,
                        row * itemFields.length,
                        itemFields,
                        itemFields.length,
                        input,
                        row * width(),
                        logits[row],
                        stride);
            }
        }
        scatterHistory(historyItems, stride);
    }

    private void spread(
            Bags bags, int bag, int[] places, int weighted, float[] input, int at, float logit, int stride) {
        int lastWeighted = bag + weighted;
        for (int place : places) {
            kernels.scatter(
                    input,
                    at + place * dimension,
                    dimension,
                    bags.slots(),
                    bags.scales(),
                    bags.from(bag),
                    bags.to(bag),
                    accumulators,
                    stride);
            if (linear && bag < lastWeighted) {
                int[] slots = bags.slots();
                float[] scales = bags.scales();
                for (int e = bags.from(bag); e < bags.to(bag); e++) {
                    accumulators[slots[e] * stride + dimension] += scales[e] * logit;
                }
            }
            bag++;
        }
    }
}
