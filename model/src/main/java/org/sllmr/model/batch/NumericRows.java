// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.NumberScale;
import org.sllmr.model.schema.Side;

/** Writes the floats of rows that the network projects; for one thread. */
final class NumericRows {
    private final Kernels kernels;
    private final List<Field> projected;
    private final List<Field> ofPair;
    private final int from;
    private final int pairWidth;
    /** The columns whose mean over the history is needed. */
    private final List<VectorColumn> pooled = new ArrayList<>();

    private final int pooledLength;
    private final int longest;

    NumericRows(Kernels kernels, FeatureSchema schema, InputShape shape) {
        this.kernels = kernels;
        this.projected = shape.floats();
        this.ofPair = shape.ofPair();
        this.from = shape.pooledWidth();
        this.pairWidth = shape.pairWidth();
        this.pooledLength = schema.historyLength();
        int longest = 0;
        for (Field field :
                (Iterable<Field>) Stream.concat(shape.fields().stream(), shape.knowledge().stream())::iterator) {
            if (field.source() instanceof Field.VectorHistory source) {
                pool(source.column());
            } else if (field.source() instanceof Field.VectorProduct source) {
                pool(source.column());
            } else if (field.source() instanceof Field.NearestCosine source) {
                longest = Math.max(longest, source.items());
            } else if (field.source() instanceof Field.Visited source) {
                longest = Math.max(longest, source.items());
            }
        }
        this.longest = pooled.isEmpty() ? longest : Math.max(longest, pooledLength);
    }

    private void pool(VectorColumn column) {
        if (!pooled.contains(column)) {
            pooled.add(column);
        }
    }

    /** Whether there is nothing to write. */
    boolean isEmpty() {
        return projected.isEmpty() && ofPair.isEmpty();
    }

    /** Floats of a row that depend on user and item together. */
    int pairWidth() {
        return pairWidth;
    }

    /** A user at a position: the last items, and the means of their vectors. */
    static final class UserSide {
        private int user = -1;
        private int position;
        private boolean trained;
        private int[] history = {};
        private int length;
        private float[] scales = {};
        private float[][] means = {};
        /** For each field of cosines, once they are needed, the vectors of the history. */
        private HistoryUnits[] units = {};
    }

    /** Most floats of a {@link UserSide}. */
    int userFloats() {
        int floats = 2 * longest + pooled.stream().mapToInt(VectorColumn::width).sum();
        for (Field field : ofPair) {
            if (field.source() instanceof Field.NearestCosine source) {
                floats += HistoryUnits.size(source.vectors(), source.items());
            }
        }
        return floats;
    }

    /** Looks up a user at a position, in a row that is not trained on. */
    void read(InteractionLog log, int user, int position, UserSide side) {
        read(log, user, position, false, side);
    }

    /**
     * Looks up a user at a position.
     *
     * @param trained whether the row is trained on
     */
    void read(InteractionLog log, int user, int position, boolean trained, UserSide side) {
        boolean known = user >= 0 && user < log.users();
        start(known ? user : -1, known ? position : 0, side);
        side.trained = trained;
        if (side.length > 0) {
            log.copyItems(user, position - side.length, position, side.history, 0);
        }
        pool(side);
    }

    /** Looks up a user, or -1, and given items, the oldest first. */
    void read(int user, int[] items, UserSide side) {
        start(user, items.length, side);
        // A request comes after everything that is known of the user.
        side.position = Integer.MAX_VALUE;
        System.arraycopy(items, items.length - side.length, side.history, 0, side.length);
        pool(side);
    }

    private void start(int user, int position, UserSide side) {
        side.user = user;
        side.position = position;
        side.trained = false;
        side.units = new HistoryUnits[0];
        side.length = Math.min(position, longest);
        if (side.history.length < longest) {
            side.history = new int[longest];
            side.scales = new float[longest];
            side.means =
                    pooled.stream().map(column -> new float[column.width()]).toArray(float[][]::new);
        }
    }

    private void pool(UserSide side) {
        int count = Math.min(side.length, pooledLength);
        Arrays.fill(side.scales, 0, side.length, 1f / Math.max(1, count));
        for (int i = 0; i < pooled.size(); i++) {
            VectorColumn column = pooled.get(i);
            kernels.gather(
                    column.values(),
                    column.width(),
                    side.history,
                    side.scales,
                    side.length - count,
                    side.length,
                    side.means[i],
                    0,
                    column.width());
        }
    }

    private float[] mean(UserSide side, VectorColumn column) {
        return side.means[pooled.indexOf(column)];
    }

    /** Writes the user's floats of a row of the network's input, which starts at {@code row}. */
    void user(UserSide side, float[] target, int row) {
        int at = row + from;
        for (Field field : projected) {
            if (field.source() instanceof Field.VectorHistory source) {
                scaled(mean(side, source.column()), 0, source.scale(), target, at, field.floats());
            } else if (field.source() instanceof Field.UserVector source) {
                int user = source.column().has(side.user, side.position) ? side.user : -1;
                copy(source.column(), user, source.scale(), target, at);
            }
            at += field.floats();
        }
    }

    /** Copies the user's floats of a row to another one. */
    void copyUser(float[] input, int row, int other) {
        int at = from;
        for (Field field : projected) {
            if (field.side() == Side.USER) {
                System.arraycopy(input, row + at, input, other + at, field.floats());
            }
            at += field.floats();
        }
    }

    /** Writes the item's floats of a row of the network's input, which starts at {@code row}. */
    void item(int item, float[] target, int row) {
        int at = row + from;
        for (Field field : projected) {
            if (field.source() instanceof Field.ItemVector source) {
                copy(source.column(), item, source.scale(), target, at);
            }
            at += field.floats();
        }
    }

    private static void scaled(float[] source, int start, float scale, float[] target, int at, int length) {
        for (int d = 0; d < length; d++) {
            target[at + d] = scale * source[start + d];
        }
    }

    /** Writes a scaled vector; zeros for a row without one. */
    static void copy(VectorColumn column, int row, float scale, float[] target, int at) {
        if (column.has(row)) {
            scaled(column.values(), row * column.width(), scale, target, at, column.width());
        } else {
            Arrays.fill(target, at, at + column.width(), 0);
        }
    }

    /** Writes the floats that depend on user and item together. */
    void pair(UserSide side, int item, float[] target, int row) {
        int at = row;
        for (Field field : ofPair) {
            if (field.source() instanceof Field.VectorProduct source) {
                product(source, side, item, target, at);
            } else if (field.source() instanceof Field.NearestCosine source) {
                int length = Math.min(side.length, source.items());
                cosine(
                        source,
                        source.vectors().nearest(item, side.history, side.length - length, side.length),
                        target,
                        at);
            } else if (field.source() instanceof Field.PairNumber source) {
                number(source.scale(), source.column().value(side.user, item), target, at);
            } else if (field.source() instanceof Field.Visited source) {
                int from = Math.max(0, side.length - source.items());
                float value = source.visits().value(seen(source, side), item, side.history, from, side.length);
                number(source.scale(), value, target, at);
            }
            at += field.floats();
        }
    }

    /**
     * As {@link #pair} for consecutive items; cosines by products of matrices, whose last bits are other ones.
     *
     * @param first the first item
     * @param count number of items, all of the catalogue
     * @param target receives {@code [count, pairWidth]}
     * @param dots for intermediate results
     */
    void pairs(UserSide side, int first, int count, float[] target, Dots dots) {
        int at = 0;
        for (int number = 0; number < ofPair.size(); number++) {
            Field field = ofPair.get(number);
            if (field.source() instanceof Field.NearestCosine source) {
                HistoryUnits units = units(source, number, side);
                float[] values = dots.values(units.floats(count));
                units.nearest(first, count, values);
                for (int i = 0; i < count; i++) {
                    cosine(source, values[i], target, i * pairWidth + at);
                }
            } else if (field.source() instanceof Field.Visited source) {
                float[] values = dots.values(count);
                int from = Math.max(0, side.length - source.items());
                source.visits().values(seen(source, side), first, count, side.history, from, side.length, values);
                for (int i = 0; i < count; i++) {
                    number(source.scale(), values[i], target, i * pairWidth + at);
                }
            } else {
                for (int i = 0; i < count; i++) {
                    int to = i * pairWidth + at;
                    if (field.source() instanceof Field.VectorProduct source) {
                        product(source, side, first + i, target, to);
                    } else if (field.source() instanceof Field.PairNumber source) {
                        number(source.scale(), source.column().value(side.user, first + i), target, to);
                    }
                }
            }
            at += field.floats();
        }
    }

    /** Intermediate results, whose memory is used again. */
    static final class Dots {
        private float[] values = {};

        private float[] values(int size) {
            if (values.length < size) {
                values = new float[size];
            }
            return values;
        }
    }

    /** Arranges the history's vectors of all fields; from then on {@link #pairs} only reads what is of the user. */
    void pack(UserSide side) {
        for (int number = 0; number < ofPair.size(); number++) {
            if (ofPair.get(number).source() instanceof Field.NearestCosine source) {
                units(source, number, side);
            }
        }
    }

    /** The history's vectors of a field, arranged once a user. */
    private HistoryUnits units(Field.NearestCosine source, int number, UserSide side) {
        if (side.units.length == 0) {
            side.units = new HistoryUnits[ofPair.size()];
        }
        if (side.units[number] == null) {
            int from = Math.max(0, side.length - source.items());
            side.units[number] = HistoryUnits.of(source.vectors(), side.history, from, side.length);
        }
        return side.units[number];
    }

    private void product(Field.VectorProduct source, UserSide side, int item, float[] target, int at) {
        VectorColumn column = source.column();
        if (!column.has(item)) {
            Arrays.fill(target, at, at + column.width(), 0);
            return;
        }
        float[] mean = mean(side, column);
        float[] values = column.values();
        int start = item * column.width();
        for (int d = 0; d < mean.length; d++) {
            target[at + d] = source.scale() * (values[start + d] * mean[d]);
        }
    }

    private static NeighbourColumn seen(Field.Visited source, UserSide side) {
        return source.visits().seen(side.user, side.position, side.trained);
    }

    private static void cosine(Field.NearestCosine source, float cosine, float[] target, int at) {
        boolean none = Float.isNaN(cosine);
        target[at] = none ? 0 : source.cosine().of(cosine);
        target[at + 1] = none ? 0 : source.square().of(cosine * cosine);
        target[at + 2] = none ? 1 : 0;
    }

    private static void number(NumberScale scale, float value, float[] target, int at) {
        boolean none = Float.isNaN(value);
        target[at] = none ? 0 : scale.of(value);
        target[at + 1] = none ? 1 : 0;
    }
}
