// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * Receives the progress of long work; the work stops with a {@link java.util.concurrent.CancellationException} when its
 * thread is interrupted.
 */
@FunctionalInterface
public interface ProgressListener {
    /** A listener that ignores everything. */
    ProgressListener NONE = (stage, done, total) -> {};

    /**
     * Reports progress.
     *
     * @param stage what is being done, such as {@code "reading ratings.csv"}
     * @param done units done so far (rows or bytes)
     * @param total units in all, or 0 if unknown
     */
    void progressed(String stage, long done, long total);

    /**
     * Reports something that the user should know, though it is not an error.
     *
     * @param note whole sentences, with the place
     */
    default void noted(String note) {}
}
