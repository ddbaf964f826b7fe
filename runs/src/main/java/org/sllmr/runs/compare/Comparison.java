// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.util.List;
import org.sllmr.evaluation.significance.Difference;

/**
 * Differences of methods to a baseline.
 *
 * @param dataset name of the dataset
 * @param split {@code test} or {@code validation}
 * @param baseline name of the method that the others are compared with
 * @param rows one for each other method, metric and pairing
 * @param notes what was not compared, and how to compare it
 */
public record Comparison(String dataset, String split, String baseline, List<Row> rows, List<String> notes) {
    /** Copies the lists. */
    public Comparison {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /**
     * A difference in one metric.
     *
     * @param method name of the other method
     * @param difference its difference to the baseline
     */
    public record Row(String method, Difference difference) {}

    /** The methods, in the order of the rows. */
    public List<String> methods() {
        return rows.stream().map(Row::method).distinct().toList();
    }

    /** The differences of one method. */
    public List<Difference> of(String method) {
        return rows.stream()
                .filter(row -> row.method().equals(method))
                .map(Row::difference)
                .toList();
    }
}
