// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * Vectors that come from outside.
 *
 * @param on what there is a vector for
 * @param floats of a vector
 * @param ofExamples whether they are of a row's examples
 */
public record Input(Axis on, int floats, boolean ofExamples) implements Operation {
    /** Vectors of rows, history items or users themselves. */
    public Input(Axis on, int floats) {
        this(on, floats, false);
    }

    @Override
    public int width(int[] inputs) {
        return floats;
    }

    @Override
    public Axis axis(List<Axis> inputs) {
        return on;
    }

    @Override
    public void forward(Frame frame, int from, int to) {}

    @Override
    public void backward(Frame frame, int from, int to) {}

    @Override
    public boolean affine() {
        return true;
    }
}
