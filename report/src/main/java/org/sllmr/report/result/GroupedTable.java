// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.List;

/**
 * A table of words and numbers, its rows in groups under a heading each.
 *
 * @param caption what the table holds
 * @param headings one a column
 * @param names how many of the first columns hold names; the others hold numbers
 * @param groups the rows
 * @param note what a reader must know to read it; may be empty
 */
public record GroupedTable(String caption, List<String> headings, int names, List<Group> groups, String note) {
    /** Copies the lists and checks that every row has all columns. */
    public GroupedTable {
        headings = List.copyOf(headings);
        groups = List.copyOf(groups);
        for (Group group : groups) {
            for (List<String> row : group.rows()) {
                if (row.size() != headings.size()) {
                    throw new IllegalArgumentException(row.size() + " cells under " + headings.size() + " headings");
                }
            }
        }
    }

    /**
     * Rows that belong together.
     *
     * @param heading what they have in common
     * @param rows cells as text, one a heading
     */
    public record Group(String heading, List<List<String>> rows) {
        /** Copies the rows. */
        public Group {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }
}
