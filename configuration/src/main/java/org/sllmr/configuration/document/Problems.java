// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/** Collects the problems of a document, to report them all at once in the document's order. */
public final class Problems {
    private record Located(Origin origin, Problem problem) {}

    private final List<Located> found = new ArrayList<>();

    /** Notes a problem with the setting at {@code path}; an empty path is the document itself. */
    public void add(Origin origin, String path, String what) {
        found.add(new Located(origin, new Problem(origin.of(path), what)));
    }

    /**
     * Ends the collection.
     *
     * @throws InvalidInputException with every problem in document order, if there was one
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidInputException(found.stream()
                    .sorted(Comparator.comparing(Located::origin))
                    .map(Located::problem)
                    .distinct()
                    .toList());
        }
    }
}
