// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.time.Duration;
import java.util.Optional;
import org.sllmr.runs.grid.GridRun;
import org.sllmr.training.EpochRecord;

/** Told of an experiment's progress, from several threads, one at a time. */
public interface GridListener {
    /** Ignores everything. */
    GridListener SILENT = new GridListener() {};

    /** Something is read before the first run, such as a data set. */
    default void opening(String what) {}

    /** A run begins. */
    default void started(GridRun run) {}

    /**
     * An epoch of a run has ended.
     *
     * @param part what of the run is trained: empty, or what comes before the training itself
     */
    default void epoch(GridRun run, String part, EpochRecord epoch) {}

    /** A run has ended, or was found complete. */
    default void finished(RunOutcome outcome, Standing standing) {}

    /**
     * How far the experiment is.
     *
     * @param done runs that have ended, the failed ones included
     * @param failed runs that have failed
     * @param total all runs
     * @param left about how long the rest takes; empty before anything is known
     */
    record Standing(int done, int failed, int total, Optional<Duration> left) {}
}
