// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

/** Receives the progress of batches, after each poll of the provider. */
@FunctionalInterface
public interface BatchListener {
    /** Ignores everything. */
    BatchListener NONE = (open, done, total) -> {};

    /**
     * Reports the state after a poll.
     *
     * @param open number of batches that have not ended
     * @param done number of questions in all batches that the provider has processed
     * @param total number of questions in all batches
     */
    void looked(int open, long done, long total);
}
