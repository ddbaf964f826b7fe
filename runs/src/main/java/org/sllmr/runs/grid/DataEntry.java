// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A dataset of a grid.
 *
 * @param label its name in tables; default: its name in the grid
 * @param dataset the dataset folder, relative to the working directory; the command line can give it instead
 * @param teacher the teacher's scores, relative to the working directory; required for guidance other than none
 */
public record DataEntry(Optional<String> label, Optional<Path> dataset, Optional<Path> teacher) {
    /** Nothing is set. */
    public static DataEntry defaults() {
        return new DataEntry(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
