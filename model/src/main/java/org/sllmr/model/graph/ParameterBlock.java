// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.Parameter;

/**
 * Parameters side by side in one flat block, and the values that they start from.
 *
 * <p>Each parameter starts at a multiple of 16 floats. The padding is 0 and stays 0; it ends with what a product may read
 * behind its matrix.
 */
public final class ParameterBlock {
    private static final int ALIGNMENT = 16;

    private final List<Parameter> parameters = new ArrayList<>();
    private float[] start = new float[0];
    private int end;

    ParameterBlock() {}

    /** Adds a parameter that starts from those values. */
    Parameter add(String name, float[] values, int... shape) {
        if (parameters.stream().anyMatch(parameter -> parameter.name().equals(name))) {
            throw new IllegalArgumentException("two parameters are named '" + name + "'");
        }
        Parameter parameter = new Parameter(name, shape, end);
        parameters.add(parameter);
        start = Arrays.copyOf(start, Math.addExact(end, values.length));
        System.arraycopy(values, 0, start, end, values.length);
        end = (start.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return parameter;
    }

    /** The parameters, in the order of their declaration. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /** Floats of the block, padding included. */
    public int size() {
        return parameters.isEmpty() ? 0 : end + Products.SLACK;
    }

    /** Floats without padding. */
    public long trained() {
        return parameters.stream().mapToLong(Parameter::size).sum();
    }

    /** A block with the values that the parameters start from. */
    public float[] start() {
        return Arrays.copyOf(start, size());
    }
}
