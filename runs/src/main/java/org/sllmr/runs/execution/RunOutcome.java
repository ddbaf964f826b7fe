// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import org.sllmr.runs.RunContents;
import org.sllmr.runs.grid.GridCell;

/** What became of a run of a grid. */
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
     * It is complete.
     *
     * @param contents what its folder holds besides the model
     */
    record Finished(GridCell cell, long seed, RunContents contents) implements RunOutcome {}

    /**
     * It ended without a result.
     *
     * @param message why
     */
    record Failed(GridCell cell, long seed, String message) implements RunOutcome {}
}
