// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.util.Optional;
import org.sllmr.runs.RunSettings;

/**
 * One run of a grid.
 *
 * @param cell its cell in the grid
 * @param settings all of its settings, seed included; of a blend those of the run that it is made of
 * @param blend what it is made of, if it is a blend
 */
public record GridRun(GridCell cell, RunSettings settings, Optional<GridBlend> blend) {
    /** The seed. */
    public long seed() {
        return settings.seed();
    }

    /** Its name and relative folder: {@code beauty/dcnv2/none/seed-1}. */
    public String name() {
        return cell.name() + "/seed-" + seed();
    }
}
