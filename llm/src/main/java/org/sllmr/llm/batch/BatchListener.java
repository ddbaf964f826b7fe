// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

/** Hears how far batches are; called after each look at the provider. */
@FunctionalInterface
public interface BatchListener {
    /** Hears nothing. */
    BatchListener NONE = (open, done, total) -> {};

    /**
     * One look.
     *
     * @param open batches that have not ended
     * @param done questions of all batches that the provider has worked on
     * @param total questions of all batches
     */
    void looked(int open, long done, long total);
}
