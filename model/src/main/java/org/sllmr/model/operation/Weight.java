// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;

/**
 * The weights of a linear operation: a parameter matrix, or a sum of parts of its columns.
 *
 * @param parameter {@code [out, columns]}
 * @param width number of columns of a part: inputs of the operation
 * @param parts the parts that are added
 */
public record Weight(Parameter parameter, int width, List<Part> parts) {
    /**
     * Some consecutive columns.
     *
     * @param from the first one
     * @param sign 1 or -1
     */
    public record Part(int from, float sign) {}

    /** Copies the list. */
    public Weight {
        parts = List.copyOf(parts);
    }

    /** All columns. */
    public static Weight whole(Parameter parameter) {
        return new Weight(parameter, parameter.length(1), List.of(new Part(0, 1)));
    }

    /** Number of outputs. */
    public int out() {
        return parameter.length(0);
    }

    /** Whether the parameter is the matrix as it stands. */
    boolean isWhole() {
        return width == parameter.length(1);
    }

    /** Writes the matrix {@code [out, width]}. */
    public void read(float[] parameters, float[] target, int at) {
        for (int row = 0; row < out(); row++) {
            int to = at + row * width;
            for (int i = 0; i < width; i++) {
                target[to + i] = 0;
            }
            for (Part part : parts) {
                int from = place(row, part);
                for (int i = 0; i < width; i++) {
                    target[to + i] += part.sign * parameters[from + i];
                }
            }
        }
    }

    /** Adds a row of the derivative by the matrix to the derivative by the parameter. */
    void addRow(float[] row, int at, float[] gradients, int number) {
        for (Part part : parts) {
            int to = place(number, part);
            for (int i = 0; i < width; i++) {
                gradients[to + i] += part.sign * row[at + i];
            }
        }
    }

    private int place(int row, Part part) {
        return parameter.offset() + row * parameter.length(1) + part.from;
    }
}
