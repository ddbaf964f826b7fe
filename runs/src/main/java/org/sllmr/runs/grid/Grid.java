// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A grid with all cells checked.
 *
 * @param outline its title and the names and labels of its entries
 * @param runs all runs: by dataset, then seed, backbone and framework, so that a grid that is stopped early has some
 *     seeds of every cell
 */
public record Grid(GridOutline outline, List<GridRun> runs) {
    /** Copies the list. */
    public Grid {
        runs = List.copyOf(runs);
    }

    /** The runs of a part of the grid. */
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
