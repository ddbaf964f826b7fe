// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.configuration.Checks;

/**
 * Which fields are made of the items' vectors.
 *
 * @param candidate the item's own vector
 * @param history the mean of the vectors of the last items
 * @param product the product of both, element by element
 * @param cosine the largest cosine of the item's vector with those of the last items, and its square
 * @param cosineItems how many of the last items the cosine looks at, 1 to 1,000; 10 in the paper of S-LLMR, Section 3.1
 */
public record VectorParts(boolean candidate, boolean history, boolean product, boolean cosine, int cosineItems) {
    /** Checks the range. */
    public VectorParts {
        new Checks().between("cosineItems", cosineItems, 1, 1000).done();
    }

    /** The item's vector and the mean of the history's. */
    public static VectorParts defaults() {
        return new VectorParts(true, true, false, false, 10);
    }

    /** Every part. */
    static VectorParts all() {
        return new VectorParts(true, true, true, true, 10);
    }
}
