// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.List;
import org.sllmr.model.kernel.Products;

/** Computes what of a network depends on items alone; for one thread. */
@FunctionalInterface
public interface ItemsPart {
    /**
     * Computes it for some items.
     *
     * @param fields for each item the embeddings of all fields of a row, 0 for those of the user; {@link Products#SLACK} floats
     *     must follow
     * @param count number of items
     * @return the values, each with {@link Products#SLACK} floats behind it
     */
    List<float[]> items(float[] fields, int count);
}
