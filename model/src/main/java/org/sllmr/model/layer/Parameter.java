// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A named tensor in the network's memory; it exists once the {@link NetworkBuilder} has built that memory. */
public final class Parameter {
    private final String name;
    private final int[] shape;
    private @Nullable Tensor tensor;

    Parameter(String name, int... shape) {
        this.name = name;
        this.shape = shape;
    }

    /** Unique name, such as {@code mlp.0.weight}. */
    public String name() {
        return name;
    }

    /** Lengths of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** Number of floats. */
    public int size() {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }

    void tensor(Tensor built) {
        tensor = built;
    }

    /** The tensor, of this shape. */
    public Tensor tensor() {
        if (tensor == null) {
            throw new IllegalStateException("'" + name + "' has no memory yet");
        }
        return tensor;
    }

    /** A copy of the values. */
    float[] values() {
        float[] values = new float[size()];
        tensor().data_ptr_float().get(values);
        return values;
    }

    /** Replaces the gradient, for parameters that one operation of a {@link Tape} alone reads. */
    void gradient(float[] values) {
        tensor().grad().data_ptr_float().put(values);
    }
}
