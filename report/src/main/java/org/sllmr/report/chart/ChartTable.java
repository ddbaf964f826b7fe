// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.List;

/**
 * The numbers of a chart, for readers who cannot or will not read the picture.
 *
 * @param headings one a column
 * @param rows cells as text, one a heading
 */
public record ChartTable(List<String> headings, List<List<String>> rows) {
    /** Copies the lists and checks that every row has all columns. */
    public ChartTable {
        headings = List.copyOf(headings);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != headings.size()) {
                throw new IllegalArgumentException(row.size() + " cells under " + headings.size() + " headings");
            }
        }
    }
}
