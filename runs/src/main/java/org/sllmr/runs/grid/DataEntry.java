// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A data set of a grid.
 *
 * @param label how tables name it; its name in the grid unless given
 * @param dataset the dataset folder, seen from the working directory; the command line may give it instead
 * @param teacher the teacher's scores, seen from the working directory; needed by every guidance but none
 */
public record DataEntry(Optional<String> label, Optional<Path> dataset, Optional<Path> teacher) {
    /** Nothing is said. */
    public static DataEntry defaults() {
        return new DataEntry(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
