// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import org.sllmr.runs.RunSettings;

/**
 * One run of a grid.
 *
 * @param cell its cell in the grid
 * @param settings all of its settings, seed included
 */
public record GridRun(GridCell cell, RunSettings settings) {
    /** The seed. */
    public long seed() {
        return settings.seed();
    }

    /** Its name and relative folder: {@code beauty/dcnv2/none/seed-1}. */
    public String name() {
        return cell.name() + "/seed-" + seed();
    }
}
