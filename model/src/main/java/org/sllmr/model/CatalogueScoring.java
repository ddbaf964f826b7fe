// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.configuration.Checks;

/**
 * How a catalogue is scored; changes the time it takes and no score.
 *
 * @param threads number of threads, 1 to 256
 * @param users users of a block, 1 to 4,096: a block's users take turns on each block of items, which so stays in the cache
 */
public record CatalogueScoring(int threads, int users) {
    /** Checks the ranges. */
    public CatalogueScoring {
        new Checks()
                .between("threads", threads, 1, 256)
                .between("users", users, 1, 4096)
                .done();
    }

    /** One thread a processor, 128 users a block. */
    public static CatalogueScoring defaults() {
        return new CatalogueScoring(Runtime.getRuntime().availableProcessors(), 128);
    }
}
