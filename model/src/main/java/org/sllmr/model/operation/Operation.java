// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.kernel.Products;

/**
 * One operation of a network: what it makes of the vectors of its inputs, and the derivatives.
 *
 * <p>Vectors are computed by ranges, in any order and by any thread; what a vector becomes depends neither on the range nor
 * on its neighbours. Sums over vectors, such as the derivatives by parameters, are made by {@link #accumulate} in the order
 * of the vectors. An operation that needs all vectors at once {@linkplain #synchronizes synchronizes}.
 */
public sealed interface Operation
        permits Activate,
                BatchNorm,
                BlockLinear,
                CausalAttention,
                Combine,
                CompressedInteraction,
                Concatenate,
                CosineDistance,
                Dice,
                Dropout,
                FieldAttention,
                HistoryAggregate,
                HistoryAttention,
                HistoryLast,
                HistoryPositions,
                HistoryProduct,
                HistorySoftmax,
                HistorySum,
                Input,
                Linear,
                Multiply,
                Outer,
                Prelu,
                Project,
                RankingOperation,
                RmsNorm,
                Select,
                Shift,
                Softmax,
                SumGroups,
                Transpose {
    /**
     * Floats of a vector of the result.
     *
     * @param inputs floats of a vector of each input
     * @throws IllegalArgumentException if the operation does not take such inputs
     */
    int width(int[] inputs);

    /** What the result has one vector for. */
    default Axis axis(List<Axis> inputs) {
        return inputs.get(0);
    }

    /** Computes vectors {@code [from, to)} of the result. */
    void forward(Frame frame, int from, int to);

    /** Computes what vectors {@code [from, to)} of the result's derivative say of the inputs' vectors. */
    void backward(Frame frame, int from, int to);

    /**
     * Whether {@link #begin} needs all vectors of the inputs, and {@link #beginBackward} all derivatives by the result.
     *
     * @param training whether it is a pass in {@link Pass.Mode#TRAINING}
     */
    default boolean synchronizes(boolean training) {
        return false;
    }

    /** Comes before the first {@link #forward} of a pass. */
    default void begin(Frame frame) {}

    /** Comes before the first {@link #backward} of a pass. */
    default void beginBackward(Frame frame) {}

    /** Whether {@link #accumulate} does anything. */
    default boolean accumulates() {
        return false;
    }

    /**
     * Adds the derivatives by parameters, and those that several rows give a history item, once all vectors of the result's
     * derivative are there.
     *
     * @param part which of the parts to compute; parts write to different memory
     * @param parts number of parts
     */
    default void accumulate(Frame frame, int part, int parts) {}

    /**
     * Floats a vector that {@link #forward} keeps for {@link #backward}.
     *
     * @param width floats of a vector of the result
     */
    default int kept(int width) {
        return 0;
    }

    /** Floats that {@link #begin} and {@link #beginBackward} leave for other calls. */
    default int state() {
        return 0;
    }

    /** Anything else that the calls of a pass leave for each other. */
    default @Nullable Object newWork() {
        return null;
    }

    /** Floats of weights that are arranged anew after each change of the parameters. */
    default int packedSize(Products products) {
        return 0;
    }

    /** Arranges the weights. */
    default void pack(Products products, float[] parameters, float[] packed, int at) {}

    /** The trained parameters that it reads. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** Whether {@link #backward} says anything of the inputs; a data operation trains its parameters alone. */
    default boolean derivesInputs() {
        return true;
    }

    /** Whether the backward pass reads the result of the forward pass. */
    default boolean readsResult() {
        return false;
    }

    /** Whether the result may take the place of the input, which that operation made and nothing else reads. */
    default boolean inPlaceAfter(Operation producer) {
        return false;
    }

    /**
     * Whether a vector of the result depends on more of a history than the one item that the vector is of: on its other items,
     * on their number or on places.
     */
    default boolean acrossHistory() {
        return false;
    }

    /** Whether the result is an affine function of all inputs together, while scoring. */
    boolean affine();
}
