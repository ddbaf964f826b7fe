// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.List;
import java.util.Map;
import org.sllmr.data.SourceFile;

/**
 * Where a dataset comes from.
 *
 * @param name name of the dataset, for results
 * @param seed root of the random numbers, of which the negatives were drawn
 * @param sources the files it was made from
 * @param settings the settings it was made with, as a tree of maps, lists, strings, numbers and booleans
 */
public record Provenance(String name, long seed, List<SourceFile> sources, Map<String, Object> settings) {
    /** Copies the list; the settings are taken as they are. */
    public Provenance {
        sources = List.copyOf(sources);
    }
}
