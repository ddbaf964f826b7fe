// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.propagation;

import java.util.List;
import org.sllmr.model.operation.Parameter;

/**
 * The trained weights of the layers of a propagation, among those of the network.
 *
 * @param values the network's parameters, which its steps change
 * @param gradients derivatives by them, which a backward pass adds to
 * @param parameters what of them there is
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose
public record LayerWeights(float[] values, float[] gradients, List<Parameter> parameters) {
    private static final String NAME = "propagation.";

    /** Copies the list. */
    public LayerWeights {
        parameters = List.copyOf(parameters);
    }

    /** The name of the matrix {@code [in, out]} of a layer that sums of neighbours are multiplied by. */
    public static String ofSums(int layer) {
        return NAME + layer + ".sum.weight";
    }

    /** The name of the matrix {@code [in, out]} of a layer that products with neighbours are multiplied by. */
    public static String ofProducts(int layer) {
        return NAME + layer + ".product.weight";
    }

    /** Where a parameter begins in both arrays. */
    int at(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the network has no parameter " + name))
                .offset();
    }
}
