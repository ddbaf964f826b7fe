// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/** An operation that only the ranking of a trained network needs: it has no backward pass. */
public sealed interface RankingOperation extends Operation
        permits Assemble,
                AttentionOfSides,
                AttentionSide,
                Diagonal,
                HistoryMaps,
                InteractionOfSides,
                InteractionProducts,
                RowProduct,
                Scale,
                SparseLinear {
    @Override
    default void backward(Frame frame, int from, int to) {
        throw new UnsupportedOperationException("ranking has no backward pass");
    }

    @Override
    default boolean affine() {
        return false;
    }
}
