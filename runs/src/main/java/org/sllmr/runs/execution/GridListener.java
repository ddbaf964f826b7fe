// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.time.Duration;
import java.util.Optional;
import org.sllmr.runs.grid.GridRun;
import org.sllmr.training.EpochRecord;

/** Receives an experiment's progress, from several threads, one at a time. */
public interface GridListener {
    /** Ignores everything. */
    GridListener SILENT = new GridListener() {};

    /** An input such as a dataset is read before the first run. */
    default void opening(String what) {}

    /** A run begins. */
    default void started(GridRun run) {}

    /**
     * An epoch of a run is complete.
     *
     * @param part empty, or the name of what is trained first, such as the backbone alone
     */
    default void epoch(GridRun run, String part, EpochRecord epoch) {}

    /** A run has ended, or was complete already. */
    default void finished(RunOutcome outcome, Standing standing) {}

    /**
     * The experiment's progress.
     *
     * @param done number of runs that have ended, failed ones included
     * @param failed number of failed runs
     * @param total number of all runs
     * @param left estimated remaining time; empty until there is an estimate
     */
    record Standing(int done, int failed, int total, Optional<Duration> left) {}
}
