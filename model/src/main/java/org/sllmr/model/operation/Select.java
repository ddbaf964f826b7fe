// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;
import java.util.List;

/**
 * Some runs of consecutive elements of a vector, one behind the other; no element twice.
 *
 * @param runs the runs
 */
public record Select(List<Run> runs) implements Operation {
    /**
     * Consecutive elements.
     *
     * @param from the first one
     * @param length number of elements
     */
    public record Run(int from, int length) {}

    /** Copies the list. */
    public Select {
        runs = List.copyOf(runs);
    }

    @Override
    public int width(int[] inputs) {
        for (Run run : runs) {
            if (run.from < 0 || run.from + run.length > inputs[0]) {
                throw new IllegalArgumentException(run + " of a vector of " + inputs[0]);
            }
        }
        return runs.stream().mapToInt(Run::length).sum();
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int in = frame.widths[0];
        for (int vector = from; vector < to; vector++) {
            int at = vector * frame.width;
            for (Run run : runs) {
                System.arraycopy(frame.inputs[0], vector * in + run.from, frame.value, at, run.length);
                at += run.length;
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int in = frame.widths[0];
        float[] target = frame.inputGradients[0];
        if (!frame.adds[0]) {
            Arrays.fill(target, from * in, to * in, 0);
        }
        for (int vector = from; vector < to; vector++) {
            int at = vector * frame.width;
            for (Run run : runs) {
                Runs.copy(frame.context.kernels, frame.gradient, at, target, vector * in + run.from, run.length, true);
                at += run.length;
            }
        }
    }

    @Override
    public boolean affine() {
        return true;
    }
}
