// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds misspelt columns in formats where each line names its own: columns that no line has. */
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

    /** Whether every column was seen and no more names are needed for messages. */
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
