// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many numbers the vectors of a column have, to name the rows that differ from most, which may be the first. */
final class VectorWidths {
    /** More rows of a width than a message shows. */
    private static final int MAX_KEPT = 20;

    private final String name;
    private final Map<Integer, Rows> byWidth = new LinkedHashMap<>();

    VectorWidths(String name) {
        this.name = name;
    }

    /** Takes what is wrong with a row. */
    interface Report {
        void accept(long row, String what);
    }

    /** The rows of a width: the number of all, and the first few. */
    private static final class Rows {
        private final List<Long> first = new ArrayList<>();
        private long count;
    }

    void add(long row, int width) {
        Rows rows = byWidth.computeIfAbsent(width, one -> new Rows());
        if (rows.first.size() < MAX_KEPT) {
            rows.first.add(row);
        }
        rows.count++;
    }

    /** Reports the rows of all widths but the most frequent one; of equally frequent ones the first is taken. */
    void report(Places places, Report report) {
        if (byWidth.size() < 2) {
            return;
        }
        int width = byWidth.keySet().iterator().next();
        Rows usual = byWidth.getOrDefault(width, new Rows());
        for (Map.Entry<Integer, Rows> entry : byWidth.entrySet()) {
            if (entry.getValue().count > usual.count) {
                width = entry.getKey();
                usual = entry.getValue();
            }
        }
        String place = places.place(usual.first.get(0));
        String others = usual.count == 1
                ? "that of " + place + " has "
                : "those of " + usual.count + " rows, the first of them " + place + ", have ";
        for (Map.Entry<Integer, Rows> entry : byWidth.entrySet()) {
            int other = entry.getKey();
            if (other != width) {
                String what = "the vector in column '" + name + "' has " + other
                        + (other == 1 ? " number, but " : " numbers, but ") + others + width
                        + "; all must have as many";
                entry.getValue().first.forEach(row -> report.accept(row, what));
            }
        }
    }
}
