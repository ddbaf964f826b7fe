// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/**
 * y = a x, element by element.
 *
 * @param factors a, one a unit; a vector is {@code [groups, units]}
 */
public record Scale(Parameter factors) implements RankingOperation {
    @Override
    public int width(int[] inputs) {
        return Units.check(factors, inputs[0]);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int units = factors.size();
        float[] a = frame.context.parameters;
        for (int at = from * frame.width; at < to * frame.width; at += units) {
            for (int j = 0; j < units; j++) {
                frame.value[at + j] = frame.inputs[0][at + j] * a[factors.offset() + j];
            }
        }
    }
}
