// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.Vocabulary;

/**
 * Interactions as the source gives them: one row each, neither sorted nor filtered.
 *
 * @param places the place of each row
 * @param userIds user ids in order of first appearance
 * @param itemIds item ids in order of first appearance
 * @param users index into {@code userIds} of each row
 * @param items index into {@code itemIds} of each row
 * @param times seconds since 1970 of each row, or {@link InteractionLog#NO_TIME}
 * @param positions sort key within a user, one per row; empty if the source has no such column: then the key is the
 *     time, and ties stay in the order of rows
 * @param contextFields categorical fields of interactions, one row each
 * @param contextNumbers numeric fields of interactions, one row each
 * @param labels which rows are positives, and which belong together
 */
public record RawLog(
        Places places,
        Vocabulary userIds,
        Vocabulary itemIds,
        int[] users,
        int[] items,
        long[] times,
        long[] positions,
        List<Column> contextFields,
        List<NumberColumn> contextNumbers,
        RawLabels labels) {
    /** Checks that the columns agree in length. */
    public RawLog {
        contextFields = List.copyOf(contextFields);
        contextNumbers = List.copyOf(contextNumbers);
        int rows = users.length;
        if (items.length != rows || times.length != rows || (positions.length != rows && positions.length != 0)) {
            throw new IllegalArgumentException("columns differ in length: " + rows + ", " + items.length + ", "
                    + times.length + ", " + positions.length);
        }
        for (int length : new int[] {labels.values().length, labels.groups().length, labels.parts().length}) {
            if (length != rows && length != 0) {
                throw new IllegalArgumentException(length + " labels, impressions or parts for " + rows + " rows");
            }
        }
        for (Column field : contextFields) {
            if (field.rows() != rows) {
                throw new IllegalArgumentException(
                        "field '" + field.name() + "' has " + field.rows() + " rows for " + rows + " interactions");
            }
        }
    }

    /** The same interactions with numbers. */
    RawLog with(List<NumberColumn> numbers) {
        return new RawLog(places, userIds, itemIds, users, items, times, positions, contextFields, numbers, labels);
    }

    /** Number of interactions. */
    public int size() {
        return users.length;
    }
}
