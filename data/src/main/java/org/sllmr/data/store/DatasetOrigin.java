// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.List;
import java.util.Map;
import org.sllmr.data.SourceFile;

/**
 * What a dataset was made from.
 *
 * @param name name of the dataset in results
 * @param seed root of the random numbers from which the negatives were drawn
 * @param sources the files it was made from
 * @param settings the settings it was made with, as a tree of maps, lists, strings, numbers and booleans
 */
public record DatasetOrigin(String name, long seed, List<SourceFile> sources, Map<String, Object> settings) {
    /** Copies the list but not the settings. */
    public DatasetOrigin {
        sources = List.copyOf(sources);
    }
}
