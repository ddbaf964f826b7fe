// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.Seed;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.optimizer.AdamSchedule;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.Table;

/**
 * All embedding tables in one row space, with the moments of their rows.
 *
 * <p>Dense updates are late but exact. A dense optimizer moves every row at every step; here a row that a batch does not
 * touch stays behind, remembers its last step, and makes up for the missed steps, whose data gradient was 0, just before
 * it is read. Each missed step costs the same arithmetic as in a sweep over the tables, but runs in registers instead of
 * through memory, and can run in another thread. The bits are those of the sweep.
 *
 * <p>Two threads may work on different rows at once. A row is {@code width} floats: the embedding and, for models with
 * first-order weights, one more; rows are padded with zeros to whole SIMD registers.
 */
public final class EmbeddingTables {
    private static final int PARALLEL_ROWS = 2048;
    /** Blocks of rows from which on an update is worth several threads. */
    private static final int SEVERAL = 4;

    private static final int UNTOUCHED = -1;

    private final Kernels kernels;
    private final AdamSchedule schedule;
    private final boolean dense;
    private final int rows;
    private final int width;
    private final int stride;
    private final float[] weights;
    private final float[] first;
    private final float[] second;
    /** Number of steps that each row has made. */
    private final int[] made;
    /** The last step in which a row had a gradient, or {@link #UNTOUCHED}; without weight decay, such a row rests. */
    private final int[] lastGradient;
    /** In how many of the steps since {@link #mark} a row had a gradient; means nothing if its last one was before. */
    private final int[] gradients;
    /** Number of steps after which changes are counted. */
    private int mark;

    /**
     * Tables of zeros.
     *
     * @param rows number of rows of all tables
     * @param width floats a row
     */
    public EmbeddingTables(
            Kernels kernels, AdamSchedule schedule, OptimizerSettings.TableUpdates updates, int rows, int width) {
        this.kernels = kernels;
        this.schedule = schedule;
        this.dense = updates == OptimizerSettings.TableUpdates.DENSE;
        this.rows = rows;
        this.width = width;
        this.stride = (width + kernels.lanes() - 1) / kernels.lanes() * kernels.lanes();
        int size = ArraySize.of(
                ArraySize.product(rows, stride),
                "model.embeddingDimension",
                "floats in the embedding tables (" + rows + " rows of " + stride + ")",
                "choose a smaller dimension or fewer fields, or drop rare users and items");
        this.weights = new float[size];
        this.first = new float[size];
        this.second = new float[size];
        this.made = new int[rows];
        this.lastGradient = new int[rows];
        this.gradients = new int[rows];
        Arrays.fill(lastGradient, UNTOUCHED);
    }

    /** Draws {@code length} columns from {@code column} on of a table; every table has its own branch of the seed. */
    public void initialize(Table table, int column, int length, Initialization initialization, Seed seed) {
        RandomGenerator generator = seed.child(table.name()).generator();
        Initialization.Draw draw = initialization.draw(table.rows(), length);
        for (int row = table.offset(); row < table.offset() + table.rows(); row++) {
            for (int d = 0; d < length; d++) {
                weights[row * stride + column + d] = draw.next(generator);
            }
        }
    }

    /** Floats from one row to the next in the weights. */
    public int stride() {
        return stride;
    }

    /** Number of trained floats. */
    public long size() {
        return (long) rows * width;
    }

    /** The rows themselves, to read those that have caught up. */
    public TableRows rows() {
        return new TableRows(weights, stride);
    }

    /** Lets a row make the steps before {@code step} that it missed; does nothing under sparse updates. */
    public void catchUp(int row, int step) {
        int from = made[row];
        if (!dense || from >= step) {
            return;
        }
        if (lastGradient[row] != UNTOUCHED || !schedule.idleParametersRest()) {
            AdamSchedule.Columns columns = schedule.columns();
            kernels.adamWithoutGradient(
                    schedule.constants(),
                    weights,
                    first,
                    second,
                    row * stride,
                    width,
                    from,
                    step,
                    columns.stepSizes(),
                    columns.inverseRoots(),
                    columns.shrinks());
        }
        made[row] = step;
    }

    /** Lets every row make all steps begun so far, on all processors. */
    public void catchUpAll() {
        int step = schedule.steps();
        if (!dense) {
            return;
        }
        IntStream.range(0, (rows + PARALLEL_ROWS - 1) / PARALLEL_ROWS)
                .parallel()
                .forEach(block -> {
                    int end = Math.min(rows, (block + 1) * PARALLEL_ROWS);
                    for (int row = block * PARALLEL_ROWS; row < end; row++) {
                        catchUp(row, step);
                    }
                });
    }

    /**
     * One step of the rows of a batch, which must have caught up to {@code step}; many rows are moved on all processors.
     *
     * @param touchedRows the rows, each once
     * @param count how many of them
     * @param values gradients: {@code [count, stride]}, padding 0
     */
    public void update(int[] touchedRows, int count, float[] values, int step) {
        int blocks = (count + PARALLEL_ROWS - 1) / PARALLEL_ROWS;
        if (blocks < SEVERAL) {
            update(touchedRows, 0, count, values, step);
            return;
        }
        IntStream.range(0, blocks)
                .parallel()
                .forEach(block -> update(
                        touchedRows,
                        block * PARALLEL_ROWS,
                        Math.min(count, (block + 1) * PARALLEL_ROWS),
                        values,
                        step));
    }

    private void update(int[] touchedRows, int from, int to, float[] values, int step) {
        AdamSchedule.Columns columns = schedule.columns();
        for (int slot = from; slot < to; slot++) {
            int row = touchedRows[slot];
            kernels.adam(
                    schedule.constants(),
                    weights,
                    first,
                    second,
                    row * stride,
                    values,
                    slot * stride,
                    stride,
                    columns.stepSizes()[step],
                    columns.inverseRoots()[step],
                    columns.shrinks()[step]);
            made[row] = step + 1;
            gradients[row] = lastGradient[row] < mark ? 1 : gradients[row] + 1;
            lastGradient[row] = step;
        }
    }

    /** A copy of the weights without padding: {@code [rows, width]}; all rows must have caught up. */
    public float[] copy() {
        return packed(weights);
    }

    /** A copy of rows that are read in place of these, without padding. */
    public float[] copy(TableRows read) {
        return packed(read.values());
    }

    /** Replaces the weights by such a copy; moments stay; all rows must have caught up. */
    public void restore(float[] copy) {
        spread(copy, weights);
    }

    /** Copies of weights, first and second moments, {@code [rows, width]} each, and 1 for each row that had a gradient. */
    public List<float[]> state() {
        float[] hadGradient = new float[rows];
        for (int row = 0; row < rows; row++) {
            hadGradient[row] = lastGradient[row] == UNTOUCHED ? 0 : 1;
        }
        return List.of(copy(), packed(first), packed(second), hadGradient);
    }

    /** Takes such copies over; every row has then made that many steps. */
    public void restore(List<float[]> state, int steps) {
        spread(state.get(0), weights);
        spread(state.get(1), first);
        spread(state.get(2), second);
        for (int row = 0; row < rows; row++) {
            lastGradient[row] = state.get(3)[row] == 0 ? UNTOUCHED : Math.max(0, steps - 1);
            made[row] = steps;
        }
        mark = steps;
    }

    /** From now on changes are counted anew. */
    public void mark() {
        mark = schedule.steps();
    }

    /** Number of steps that were made before the last {@link #mark()}. */
    public int marked() {
        return mark;
    }

    /** The rows that had a gradient since the last {@link #mark()}, rising. */
    public int[] changed() {
        return IntStream.range(0, rows).filter(row -> lastGradient[row] >= mark).toArray();
    }

    /** In how many of the steps since the last {@link #mark()} each of these had a gradient, if it had any. */
    public int[] counts(int[] changed) {
        return Arrays.stream(changed).map(row -> gradients[row]).toArray();
    }

    /** Copies of weights, first and second moments of some rows, {@code [rows, width]} each; they must have caught up. */
    public List<float[]> rows(int[] chosen) {
        List<float[]> copies = new ArrayList<>();
        for (float[] source : List.of(weights, first, second)) {
            float[] copy = new float[Math.multiplyExact(chosen.length, width)];
            for (int slot = 0; slot < chosen.length; slot++) {
                System.arraycopy(source, chosen[slot] * stride, copy, slot * width, width);
            }
            copies.add(copy);
        }
        return copies;
    }

    /**
     * Takes copies of some rows over, which have made all steps begun so far and had a gradient in the last of them.
     *
     * @throws IllegalArgumentException if they are of tables of another width
     */
    public void place(int[] chosen, List<float[]> copies) {
        List<float[]> targets = List.of(weights, first, second);
        for (int block = 0; block < targets.size(); block++) {
            float[] copy = copies.get(block);
            requireSize(copy, chosen.length);
            for (int slot = 0; slot < chosen.length; slot++) {
                System.arraycopy(copy, slot * width, targets.get(block), chosen[slot] * stride, width);
            }
        }
        for (int row : chosen) {
            made[row] = schedule.steps();
            lastGradient[row] = schedule.steps() - 1;
        }
    }

    private float[] packed(float[] source) {
        float[] copy = new float[Math.multiplyExact(rows, width)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(source, row * stride, copy, row * width, width);
        }
        return copy;
    }

    private void spread(float[] copy, float[] target) {
        requireSize(copy, rows);
        Arrays.fill(target, 0);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(copy, row * width, target, row * stride, width);
        }
    }

    private void requireSize(float[] copy, int count) {
        if (copy.length != Math.multiplyExact(count, width)) {
            throw new IllegalArgumentException(copy.length + " floats for " + count + " rows of " + width);
        }
    }
}
