// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.preparation.read.Places;

/** Problems of rows by kind: their number, and the first few with their places. */
final class RowProblems {
    private static final int EXAMPLES = 3;
    private static final int MAX_EXAMPLE = 60;

    private final String file;
    private final Places places;
    private final Map<Kind, Found> found = new EnumMap<>(Kind.class);

    /** A kind of problem. */
    enum Kind {
        UNKNOWN_USER("with a user that the dataset does not have", "; check --user, or skip them with --skip-unknown"),
        UNKNOWN_ITEM("with an item that the dataset does not have", "; check --item, or skip them with --skip-unknown"),
        NO_SCORE("whose score is not a number from 0 to 1", "; check --score, or scale the scores to 0 to 1"),
        NO_RANK(
                "whose rank is not a whole number from 1 to the number of the user's rows",
                "; check --rank and --where, which must leave the rows of one list for each user"),
        NO_INTERACTIONS(
                "whose number of interactions is not a whole number from 0 to the user's training interactions",
                "; check --interactions: it says how many of the user's first interactions the text was made from"),
        NO_LABEL("whose label is neither 0 nor 1", "; check --label"),
        DOUBLED_TEXT("with a further text for what an earlier row is about", "; keep one row of each"),
        DOUBLED("for a user and item that an earlier row has too", "; keep one row of each");

        private final String what;
        private final String remedy;

        Kind(String what, String remedy) {
            this.what = what;
            this.remedy = remedy;
        }
    }

    private static final class Found {
        private long count;
        private final List<String> examples = new ArrayList<>();
    }

    RowProblems(String file, Places places) {
        this.file = file;
        this.places = places;
    }

    void add(Kind kind, long row, String example) {
        Found kept = found.computeIfAbsent(kind, first -> new Found());
        kept.count++;
        if (kept.examples.size() < EXAMPLES) {
            String shown = example.length() <= MAX_EXAMPLE ? example : example.substring(0, MAX_EXAMPLE) + "...";
            kept.examples.add("'" + shown + "' (" + places.place(row) + ")");
        }
    }

    void throwIfAny() {
        List<Problem> problems = new ArrayList<>();
        found.forEach((kind, kept) -> problems.add(new Problem(
                file,
                String.format(
                        Locale.ROOT,
                        "%,d %s %s: %s%s%s",
                        kept.count,
                        kept.count == 1 ? "row" : "rows",
                        kind.what,
                        String.join(", ", kept.examples),
                        kept.count > kept.examples.size() ? ", ..." : "",
                        kind.remedy))));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
