// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import org.sllmr.runs.RunContents;
import org.sllmr.runs.grid.GridCell;

/** The outcome of a run of a grid. */
public sealed interface RunOutcome {
    /** Where in the grid the run belongs. */
    GridCell cell();

    /** The run's seed. */
    long seed();

    /** The run's name, such as {@code beauty/dcnv2/none/seed-1}. */
    default String name() {
        return cell().name() + "/seed-" + seed();
    }

    /**
     * A complete run.
     *
     * @param contents the contents of its folder except the model
     */
    record Finished(GridCell cell, long seed, RunContents contents) implements RunOutcome {}

    /**
     * A failed run.
     *
     * @param message why
     */
    record Failed(GridCell cell, long seed, String message) implements RunOutcome {}
}
