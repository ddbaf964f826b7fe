// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.Arrays;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.Parameter;

/** Parameters that are computed from those of a trained network, behind them in one block. */
final class Derived {
    private static final int ALIGNMENT = 16;

    private float[] block;
    private int end;
    private int count;

    /** Behind a copy of the network's parameters. */
    Derived(float[] parameters) {
        this.block = parameters;
        this.end = parameters.length;
    }

    /** Adds a parameter. */
    Parameter add(float[] values, int... shape) {
        Parameter parameter = new Parameter("derived." + count++, shape, end);
        int next = Math.addExact(end, values.length);
        if (next > block.length) {
            block = Arrays.copyOf(block, Math.max(next, 2 * block.length));
        }
        System.arraycopy(values, 0, block, end, values.length);
        end = (next + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return parameter;
    }

    /** The whole block. */
    float[] block() {
        return Arrays.copyOf(block, end + Products.SLACK);
    }

    /** The values so far. */
    float[] values() {
        return block;
    }
}
