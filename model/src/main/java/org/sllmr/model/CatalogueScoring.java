// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.configuration.Checks;

/**
 * How a catalogue is scored; changes the time it takes and no score.
 *
 * @param threads number of threads, 1 to 256
 * @param users users of a block, 1 to 4,096: a block's users take turns on each block of items, which so stays in the cache
 * @param sharedBytes where users share what is computed of history items, most bytes of each of three: what is kept of users,
 *     of history items, and of history items with some of the catalogue's; 1 or more. At least one user, and one block of items,
 *     is scored at a time however few
 */
public record CatalogueScoring(int threads, int users, long sharedBytes) {
    private static final long SHARED_BYTES = 64L << 20;

    /** Checks the ranges. */
    public CatalogueScoring {
        new Checks()
                .between("threads", threads, 1, 256)
                .between("users", users, 1, 4096)
                .atLeast("sharedBytes", (double) sharedBytes, 1)
                .done();
    }

    /** 64 MB of what users share. */
    public CatalogueScoring(int threads, int users) {
        this(threads, users, SHARED_BYTES);
    }

    /** One thread a processor, 128 users a block, 64 MB of what users share. */
    public static CatalogueScoring defaults() {
        return new CatalogueScoring(Runtime.getRuntime().availableProcessors(), 128);
    }
}
