// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.model.kernel.Products;

/**
 * Blocks of items that follow each other, with which history items are compared at once.
 *
 * @param count number of items
 * @param state what the network computed of all of them, as in {@link CatalogueItems.Block}
 */
record HistoryCandidates(int count, List<float[]> state) {
    /** Copies the list. */
    HistoryCandidates {
        state = List.copyOf(state);
    }

    /** The items of some blocks, of which there is one or more. */
    static HistoryCandidates of(List<CatalogueItems.Block> blocks) {
        int count = blocks.stream().mapToInt(CatalogueItems.Block::count).sum();
        List<float[]> state = new ArrayList<>();
        for (int value = 0; value < blocks.get(0).state().size(); value++) {
            int width = (blocks.get(0).state().get(value).length - Products.SLACK)
                    / blocks.get(0).count();
            float[] all = new float[count * width + Products.SLACK];
            int at = 0;
            for (CatalogueItems.Block block : blocks) {
                System.arraycopy(block.state().get(value), 0, all, at, block.count() * width);
                at += block.count() * width;
            }
            state.add(all);
        }
        return new HistoryCandidates(count, state);
    }
}
