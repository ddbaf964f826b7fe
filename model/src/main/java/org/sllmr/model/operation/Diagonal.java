// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * The matrix W diag(x), which maps t to W (t * x).
 *
 * @param weight W, {@code [out, in]}; the result is {@code [out, in]} as well
 */
public record Diagonal(Weight weight) implements RankingOperation {
    @Override
    public int width(int[] inputs) {
        return weight.out() * weight.width();
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int in = weight.width();
        float[] x = frame.inputs[0];
        for (int vector = from; vector < to; vector++) {
            int target = vector * frame.width;
            weight.read(frame.context.parameters, frame.value, target);
            for (int row = 0; row < weight.out(); row++) {
                for (int i = 0; i < in; i++) {
                    frame.value[target + row * in + i] *= x[vector * in + i];
                }
            }
        }
    }
}
