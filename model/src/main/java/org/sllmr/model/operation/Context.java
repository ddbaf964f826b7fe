// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import org.jspecify.annotations.Nullable;
import org.sllmr.model.kernel.Functions;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Parallel;
import org.sllmr.model.kernel.Products;

/**
 * What the operations of one pass share.
 *
 * <p>Parameters, their derivatives, statistics and packed weights are flat blocks; operations know their places.
 */
public final class Context {
    final Products products;
    final Functions functions;
    final Kernels kernels;
    final float[] parameters;
    final float[] gradients;
    final float[] statistics;
    final float[] packed;
    Pass pass = Pass.scoring(0);
    Parallel parallel = Parallel.CALLER;
    int pairs;
    int historyItems;
    int samplePairs;
    /** Whether every row has every history item, in their order. */
    boolean allPairs;

    int[] rowOf = {};
    int[] itemOf = {};
    /** First pair of each row, and behind the last row the number of pairs. */
    int[] pairStart = {};

    /**
     * Shares these blocks.
     *
     * @param gradients derivatives by the parameters; empty if there will be no backward pass
     * @param packed weights as the products of the forward pass want them
     */
    public Context(
            Products products,
            Functions functions,
            Kernels kernels,
            float[] parameters,
            float[] gradients,
            float[] statistics,
            float[] packed) {
        this.products = products;
        this.functions = functions;
        this.kernels = kernels;
        this.parameters = parameters;
        this.gradients = gradients;
        this.statistics = statistics;
        this.packed = packed;
    }

    /**
     * Sets up for a pass.
     *
     * @param newParallel runs the parts of operations that see the whole batch
     */
    public void begin(Pass newPass, Histories histories, Parallel newParallel) {
        pass = newPass;
        parallel = newParallel;
        historyItems = histories.items();
        pairs = histories.pairs();
        rowOf = histories.rowOf();
        itemOf = histories.itemOf();
        allPairs = histories.all();
        if (pairStart.length <= pass.rows()) {
            pairStart = new int[2 * (pass.rows() + 1)];
        }
        int pair = 0;
        for (int row = 0; row <= pass.rows(); row++) {
            while (pair < pairs && rowOf[pair] < row) {
                pair++;
            }
            pairStart[row] = pair;
        }
        samplePairs = pairStart[Math.min(pass.sampleRows(), pass.rows())];
    }

    /** Number of vectors of a value. */
    public int count(Axis axis) {
        return switch (axis) {
            case ROWS -> pass.rows();
            case HISTORY -> historyItems;
            case PAIRS -> pairs;
            case USER -> 1;
        };
    }

    /** The first vector of a value that belongs to a row or a later one. */
    public int start(Axis axis, int row) {
        return axis == Axis.PAIRS ? pairStart[row] : row;
    }

    /** How many vectors, the first ones, belong to training samples. */
    public int samples(Axis axis) {
        return axis == Axis.PAIRS ? samplePairs : pass.sampleRows();
    }

    /** The drawn masks; null while scoring. */
    @Nullable
    DropoutMasks masks() {
        return pass.mode() == Pass.Mode.SCORING ? null : pass.masks();
    }
}
