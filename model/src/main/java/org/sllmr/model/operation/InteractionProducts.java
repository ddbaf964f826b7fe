// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import org.sllmr.model.interaction.SideWeights;

/**
 * What the first layer of a compressed interaction network reads of an item: for each element of the embeddings 1, the item's
 * fields, and the products of two of them.
 *
 * @param sides which fields are of which side
 */
public record InteractionProducts(SideWeights sides) implements RankingOperation {
    @Override
    public int width(int[] inputs) {
        return sides.shape().dimension() * sides.itemProducts();
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        for (int row = from; row < to; row++) {
            sides.itemProducts(frame.inputs[0], row * frame.widths[0], frame.value, row * frame.width);
        }
    }
}
