// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

/**
 * The graphs that a network is taken apart into.
 *
 * @param users what depends on the user
 * @param items what depends on the item
 * @param pairs what depends on both
 */
record PartGraphs(PartGraph users, PartGraph items, PartGraph pairs) {
    PartGraphs() {
        this(new PartGraph(), new PartGraph(), new PartGraph());
    }
}
