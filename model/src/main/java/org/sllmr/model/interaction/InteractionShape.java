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
        return pooledAt(layers.size());
    }

    /** Where the pooled maps of a layer begin in a row of the output. */
    int pooledAt(int layer) {
        int at = 0;
        for (int before = 0; before < layer; before++) {
            at += layers.get(before).pooled();
        }
        return at;
    }

    /** Maps that a layer reads; the fields themselves for the first. */
    int before(int layer) {
        return layer == 0 ? fields : layers.get(layer - 1).kept();
    }
}
