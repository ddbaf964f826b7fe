// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import org.sllmr.runs.RunSettings;

/**
 * One run of a grid.
 *
 * @param cell where in the grid it belongs
 * @param settings all of its settings, the seed among them
 */
public record GridRun(GridCell cell, RunSettings settings) {
    /** The seed. */
    public long seed() {
        return settings.seed();
    }

    /** Its name, which is its folder's path as well: {@code beauty/dcnv2/none/seed-1}. */
    public String name() {
        return cell.name() + "/seed-" + seed();
    }
}
