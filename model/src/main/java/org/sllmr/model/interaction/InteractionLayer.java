// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

/**
 * Sizes of an interaction layer.
 *
 * @param maps feature maps that it computes
 * @param kept how many of them, the first ones, the next layer reads
 * @param pooledFrom first map that goes to the output
 */
public record InteractionLayer(int maps, int kept, int pooledFrom) {
    /** How many of them go to the output. */
    int pooled() {
        return maps - pooledFrom;
    }
}
