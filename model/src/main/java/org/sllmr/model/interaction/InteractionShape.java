// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.List;

/**
 * Sizes of a compressed interaction network.
 *
 * @param fields number of fields
 * @param dimension floats of a field
 * @param layers the layers
 * @param rectified whether their activation is max(0, x); otherwise they have none
 */
public record InteractionShape(int fields, int dimension, List<InteractionLayer> layers, boolean rectified) {
    /** Copies the list. */
    public InteractionShape {
        layers = List.copyOf(layers);
    }

    /** Floats of a row of the output: the pooled maps of all layers. */
    public int width() {
        return layers.stream()
                .mapToInt(layer -> layer.maps() - layer.pooledFrom())
                .sum();
    }

    /** Maps that a layer reads; the fields themselves for the first. */
    int before(int layer) {
        return layer == 0 ? fields : layers.get(layer - 1).kept();
    }
}
