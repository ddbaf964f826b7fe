// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A grid whose every cell has been checked.
 *
 * @param outline what it is called, and what its entries are called
 * @param runs all runs: by data set, then seed, backbone and framework, so that a grid that is stopped early has some
 *     seeds of everything
 */
public record Grid(GridOutline outline, List<GridRun> runs) {
    /** Copies the list. */
    public Grid {
        runs = List.copyOf(runs);
    }

    /** The runs of a part of it. */
    public List<GridRun> runs(GridFilter filter) {
        List<GridRun> part = new ArrayList<>();
        for (GridRun run : runs) {
            if (filter.contains(run.cell())) {
                part.add(run);
            }
        }
        return part;
    }

    /** The run of a cell and seed. */
    public Optional<GridRun> run(GridCell cell, long seed) {
        return runs.stream()
                .filter(run -> run.cell().equals(cell) && run.seed() == seed)
                .findFirst();
    }
}
