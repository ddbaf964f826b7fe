// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.model.kernel.Kernels;

/**
 * What parameters become in steps without a gradient: their moments decay, and weights move by momentum and weight decay.
 *
 * @param kernels the optimizer's arithmetic
 * @param schedule of the steps, which have all begun
 */
public record AdamRest(Kernels kernels, AdamSchedule schedule) {
    private static final int BLOCKS = 3;

    /**
     * Makes the schedule's last steps on copies.
     *
     * @param blocks weights, first and second moments before these steps: {@code [rows, width]} each
     * @param steps number of steps of each row; none are made on rows with 0
     * @return such blocks after the steps, whose rows are {@link #stride} floats apart
     */
    public List<float[]> make(List<float[]> blocks, int width, int[] steps) {
        int stride = stride(width);
        List<float[]> copies = new ArrayList<>();
        for (float[] block : blocks.subList(0, BLOCKS)) {
            float[] copy = new float[Math.multiplyExact(steps.length, stride)];
            for (int row = 0; row < steps.length; row++) {
                System.arraycopy(block, row * width, copy, row * stride, width);
            }
            copies.add(copy);
        }
        AdamSchedule.Columns columns = schedule.columns();
        int end = schedule.steps();
        IntStream.range(0, steps.length).parallel().forEach(row -> {
            if (steps[row] > 0) {
                kernels.adamWithoutGradient(
                        schedule.constants(),
                        copies.get(0),
                        copies.get(1),
                        copies.get(2),
                        row * stride,
                        width,
                        end - steps[row],
                        end,
                        columns.stepSizes(),
                        columns.inverseRoots(),
                        columns.shrinks());
            }
        });
        return copies;
    }

    /** Floats from one row to the next: the width, and room up to whole SIMD registers. */
    public int stride(int width) {
        return (width + kernels.lanes() - 1) / kernels.lanes() * kernels.lanes();
    }
}
