// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.kernel.Products;

/**
 * Parts of a vector, one behind the other, each as it is or multiplied by a matrix of its own.
 *
 * <p>What is multiplied is taken for data that nothing trains: it gets no derivative.
 *
 * @param parts the parts, in the order of the result; those without a matrix share no element
 */
public record Project(List<Part> parts) implements Operation {
    /**
     * Consecutive elements.
     *
     * @param from the first one
     * @param length number of elements
     * @param weight W, {@code [out, length]}, or nothing for the elements themselves
     */
    public record Part(int from, int length, @Nullable Parameter weight) {
        /** Checks that the matrix fits. */
        public Part {
            if (weight != null && weight.length(1) != length) {
                throw new IllegalArgumentException(
                        weight.name() + " multiplies " + weight.length(1) + " floats, not " + length);
            }
        }

        /** Floats of the result. */
        public int out() {
            return weight == null ? length : weight.length(0);
        }
    }

    /** Copies the list. */
    public Project {
        parts = List.copyOf(parts);
    }

    @Override
    public int width(int[] inputs) {
        for (Part part : parts) {
            if (part.from < 0 || part.from + part.length > inputs[0]) {
                throw new IllegalArgumentException(part + " of a vector of " + inputs[0]);
            }
        }
        return parts.stream().mapToInt(Part::out).sum();
    }

    @Override
    public int packedSize(Products products) {
        return parts.stream()
                .filter(part -> part.weight != null)
                .mapToInt(part -> products.packedSize(part.length, part.out()))
                .sum();
    }

    @Override
    public void pack(Products products, float[] parameters, float[] packed, int at) {
        int to = at;
        for (Part part : parts) {
            if (part.weight != null) {
                products.pack(parameters, part.weight.offset(), part.length, part.out(), packed, to);
                to += products.packedSize(part.length, part.out());
            }
        }
    }

    @Override
    public List<Parameter> parameters() {
        return parts.stream()
                .map(Part::weight)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        Products products = frame.context.products;
        int in = frame.widths[0];
        int at = 0;
        int packed = frame.packedAt;
        for (Part part : parts) {
            if (part.weight == null) {
                for (int vector = from; vector < to; vector++) {
                    System.arraycopy(
                            frame.inputs[0],
                            vector * in + part.from,
                            frame.value,
                            vector * frame.width + at,
                            part.length);
                }
            } else {
                products.multiplyPacked(
                        frame.inputs[0],
                        from * in + part.from,
                        in,
                        frame.context.packed,
                        packed,
                        frame.value,
                        from * frame.width + at,
                        frame.width,
                        to - from,
                        part.length,
                        part.out(),
                        false);
                packed += products.packedSize(part.length, part.out());
            }
            at += part.out();
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int in = frame.widths[0];
        int at = 0;
        for (Part part : parts) {
            if (part.weight == null) {
                for (int vector = from; vector < to; vector++) {
                    Runs.copy(
                            frame.context.kernels,
                            frame.gradient,
                            vector * frame.width + at,
                            frame.inputGradients[0],
                            vector * in + part.from,
                            part.length,
                            frame.adds[0]);
                }
            }
            at += part.out();
        }
    }

    @Override
    public boolean derivesInputs() {
        return parts.stream().anyMatch(part -> part.weight == null);
    }

    @Override
    public boolean accumulates() {
        return parts.stream().anyMatch(part -> part.weight != null);
    }

    @Override
    public void accumulate(Frame frame, int part, int parts) {
        int at = 0;
        for (Part one : this.parts) {
            if (one.weight != null) {
                int out = one.out();
                int first = (int) ((long) out * part / parts);
                int last = (int) ((long) out * (part + 1) / parts);
                if (first < last) {
                    accumulate(frame, one, one.weight, at, first, last);
                }
            }
            at += one.out();
        }
    }

    /** Adds the derivatives by rows {@code [first, last)} of a matrix whose results begin at {@code at}. */
    private static void accumulate(Frame frame, Part part, Parameter weight, int at, int first, int last) {
        int vectors = frame.context.count(frame.axis);
        if (vectors == 0) {
            return;
        }
        float[] columns = Sums.transpose(frame.gradient, vectors, frame.width, at + first, at + last);
        frame.context.products.multiply(
                columns,
                0,
                vectors,
                frame.inputs[0],
                part.from,
                frame.widths[0],
                frame.context.gradients,
                weight.offset() + first * part.length,
                part.length,
                last - first,
                vectors,
                part.length,
                true);
    }

    /** For each element of the result whether it may depend on one of some elements of the input. */
    public IntStream dependents(IntStream elements) {
        int[] columns = elements.toArray();
        IntStream.Builder dependents = IntStream.builder();
        int at = 0;
        for (Part part : parts) {
            boolean any = false;
            for (int column : columns) {
                if (column >= part.from && column < part.from + part.length) {
                    any = true;
                    if (part.weight == null) {
                        dependents.add(at + column - part.from);
                    }
                }
            }
            if (any && part.weight != null) {
                for (int i = 0; i < part.out(); i++) {
                    dependents.add(at + i);
                }
            }
            at += part.out();
        }
        return dependents.build();
    }

    @Override
    public boolean affine() {
        return true;
    }
}
