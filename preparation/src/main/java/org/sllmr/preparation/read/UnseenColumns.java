// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** In formats where each line names its own columns, a misspelt one shows only in that no line has it. */
final class UnseenColumns {
    private static final int LINES_LISTED = 100;

    private final String place;
    private final List<String> unseen;
    private final Set<String> present = new LinkedHashSet<>();
    private int lines;

    UnseenColumns(String place, List<String> requested) {
        this.place = place;
        this.unseen = new ArrayList<>(requested);
    }

    /** Whether every column was seen, and the names of the first lines need not be collected any more. */
    boolean isSettled() {
        return unseen.isEmpty();
    }

    void line(Collection<String> names) {
        unseen.removeAll(names);
        if (lines++ < LINES_LISTED) {
            present.addAll(names);
        }
    }

    /** Reports the columns that no line had. */
    void requireNone() {
        ColumnNames.require(place, unseen, List.copyOf(present));
    }
}
