// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/** Checks that requested columns exist, and suggests similar names. */
final class ColumnNames {
    private ColumnNames() {}

    /** Requires every requested column; all missing ones are reported. */
    static void require(String place, List<String> requested, List<String> present) {
        require(place, requested, present, "");
    }

    /** The same with a remedy after the first message. */
    static void require(String place, List<String> requested, List<String> present, String remedy) {
        List<Problem> problems = new ArrayList<>();
        for (String column : requested) {
            if (!present.contains(column)) {
                problems.add(new Problem(place, missing(column, present) + (problems.isEmpty() ? remedy : "")));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    static String missing(String column, List<String> present) {
        String nearest = nearest(column, present)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
        return "has no column '" + column + "'" + nearest + " (present: " + String.join(", ", present) + ")";
    }

    private static Optional<String> nearest(String column, List<String> present) {
        return present.stream()
                .filter(name -> distance(fold(column), fold(name)) <= Math.max(2, column.length() / 2))
                .min(Comparator.comparingInt(name -> distance(fold(column), fold(name))));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
    }

    /** Levenshtein's edit distance. */
    static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(previous[column - 1] + change, Math.min(previous[column], current[column - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[right.length()];
    }
}
