// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.concurrent;

/** Hears how far a piece of long work has come; called by one thread at a time. */
@FunctionalInterface
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener SILENT = (stage, done, total) -> {};

    /**
     * Tells how far a stage has come.
     *
     * @param stage what is being done, such as {@code embedding texts}
     * @param done units done, 0 to {@code total}
     * @param total units of the stage
     */
    void progress(String stage, long done, long total);
}
