// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Vocabulary;

/**
 * Interactions as the source gives them: one row each, in the order of the source, nothing sorted or dropped.
 *
 * @param places where each row stands
 * @param userIds user ids in order of first appearance
 * @param itemIds item ids in order of first appearance
 * @param users index into {@code userIds} of each row
 * @param items index into {@code itemIds} of each row
 * @param times seconds since 1970 of each row, or {@link InteractionLog#NO_TIME}
 * @param positions what settles the order within a user, one a row; empty where the source has no such column, and
 *     then time settles it, and the order of rows where times are equal
 * @param contextFields categorical fields of interactions, one row each
 */
public record RawLog(
        Places places,
        Vocabulary userIds,
        Vocabulary itemIds,
        int[] users,
        int[] items,
        long[] times,
        long[] positions,
        List<Column> contextFields) {
    /** Checks that the columns agree in length. */
    public RawLog {
        contextFields = List.copyOf(contextFields);
        int rows = users.length;
        if (items.length != rows || times.length != rows || (positions.length != rows && positions.length != 0)) {
            throw new IllegalArgumentException("columns differ in length: " + rows + ", " + items.length + ", "
                    + times.length + ", " + positions.length);
        }
        for (Column field : contextFields) {
            if (field.rows() != rows) {
                throw new IllegalArgumentException(
                        "field '" + field.name() + "' has " + field.rows() + " rows for " + rows + " interactions");
            }
        }
    }

    /** Number of interactions. */
    public int size() {
        return users.length;
    }
}
