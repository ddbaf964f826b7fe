// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.data.ProgressListener;

/** Counts scores of several threads, and tells a listener of them, one at a time. */
final class CatalogueProgress {
    private final ProgressListener listener;
    private final long total;
    private long done;

    CatalogueProgress(ProgressListener listener, long total) {
        this.listener = listener;
        this.total = total;
    }

    /** Some more scores were made. */
    synchronized void scored(long scores) {
        done += scores;
        listener.progressed("ranking", done, total);
    }
}
