// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * Told how long work comes along; work stops with a {@link java.util.concurrent.CancellationException} when its thread
 * is interrupted.
 */
@FunctionalInterface
public interface ProgressListener {
    /** A listener that ignores everything. */
    ProgressListener NONE = (stage, done, total) -> {};

    /**
     * Some work is done.
     *
     * @param stage what is being done, such as {@code "reading ratings.csv"}
     * @param done units done so far (rows or bytes)
     * @param total units in all, or 0 where that is not known
     */
    void progressed(String stage, long done, long total);

    /**
     * Something came up that the user should hear of, though it is no error.
     *
     * @param note whole sentences, with the place
     */
    default void noted(String note) {}
}
