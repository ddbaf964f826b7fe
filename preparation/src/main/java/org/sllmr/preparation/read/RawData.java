// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import java.util.Optional;
import org.sllmr.data.Catalogue;
import org.sllmr.data.SourceFile;

/**
 * The input of preparation, read from files or made in memory.
 *
 * @param log the interactions
 * @param items the items with their fields and texts, in the order of their source; none if only ids are known
 * @param users the users with their fields; none if only ids are known
 * @param sources the files that were read; empty for data made in memory
 */
public record RawData(RawLog log, Optional<RawItems> items, Optional<RawUsers> users, List<SourceFile> sources) {
    /** Copies the list. */
    public RawData {
        sources = List.copyOf(sources);
    }

    /** Interactions and items made in memory. */
    public static RawData of(RawLog log, Catalogue items) {
        return new RawData(log, Optional.of(new RawItems(Places.inMemory("item"), items)), Optional.empty(), List.of());
    }

    /** Interactions made in memory, with items and users of which only ids are known. */
    public static RawData of(RawLog log) {
        return new RawData(log, Optional.empty(), Optional.empty(), List.of());
    }
}
