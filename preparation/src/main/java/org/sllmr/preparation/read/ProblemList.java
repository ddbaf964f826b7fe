// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/** Problems of rows: the first few are shown, the others counted. */
public final class ProblemList {
    private static final int MAX_SHOWN = 10;

    private final String where;
    private final List<Problem> shown = new ArrayList<>();
    private long count;

    /** The problems of a file. */
    public ProblemList(String where) {
        this.where = where;
    }

    /** Whether another problem would be shown, so that its place is needed. */
    boolean hasRoom() {
        return shown.size() < MAX_SHOWN;
    }

    /** Adds a problem of the row at a place. */
    public void add(String place, String what) {
        add(new Problem(place, what));
    }

    void add(Problem problem) {
        count++;
        if (hasRoom()) {
            shown.add(problem);
        }
    }

    /** Counts a problem that is not shown. */
    public void addUnshown() {
        count++;
    }

    /**
     * Ends reading if there were problems.
     *
     * @throws InvalidInputException with those that are shown, and the number of the others
     */
    public void throwIfAny() {
        if (count > shown.size()) {
            shown.add(new Problem(where, "and " + (count - shown.size()) + " more rows with problems"));
        }
        if (!shown.isEmpty()) {
            throw new InvalidInputException(shown);
        }
    }
}
