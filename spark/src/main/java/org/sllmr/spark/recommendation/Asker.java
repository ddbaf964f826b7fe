// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.recommendation;

import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;

/**
 * Who asks, as a row of a table tells.
 *
 * @param user the user's id, if there is one
 * @param history ids of the items that it took, the oldest first, if they are given
 */
record Asker(@Nullable String user, @Nullable List<String> history) {
    /**
     * The asker of a row.
     *
     * @param user index of the column of ids
     * @param history index of the column of histories, or -1
     */
    static Asker of(Row row, int user, int history) {
        return new Asker(text(row, user), history < 0 || row.isNullAt(history) ? null : items(row.getList(history)));
    }

    /** The elements that there are: an array of a table may lack some. */
    private static List<String> items(List<@Nullable String> elements) {
        return elements.stream()
                .<String>mapMulti((element, to) -> {
                    if (element != null) {
                        to.accept(element);
                    }
                })
                .toList();
    }

    /** A value as text, if there is one. */
    static @Nullable String text(Row row, int column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }

    /** Whether the bundle knows anything of it: the user, or an item of the history. */
    boolean isKnown(Recommender recommender) {
        return (user != null && recommender.knows(user))
                || (history != null
                        && history.stream()
                                .anyMatch(item -> recommender.catalogue().ids().indexOf(item) >= 0));
    }

    /** Someone without an id and without a history is one who took nothing. */
    Request request() {
        if (user == null) {
            return Request.ofHistory(history == null ? List.of() : history);
        }
        Request request = Request.ofUser(user);
        return history == null ? request : request.withHistory(history);
    }
}
