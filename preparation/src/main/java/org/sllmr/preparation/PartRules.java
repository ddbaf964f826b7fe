// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.preparation.read.RawLabels;

/** What decides on the parts of interactions, and which settings make sense with it. */
public final class PartRules {
    private PartRules() {}

    /**
     * The kind of parts.
     *
     * @param labels what the source says of its rows
     * @throws InvalidInputException with every setting that does not fit the data
     */
    public static PartKind kind(RawLabels labels, SplitSettings settings) {
        boolean candidates = hasPart(labels, RawLabels.CANDIDATE);
        boolean files = hasPart(labels, RawLabels.TEST) && !candidates;
        PartKind kind = settings.parts()
                .by()
                .orElse(
                        settings.parts().testFrom().isPresent()
                                ? PartKind.TIME
                                : candidates
                                        ? PartKind.FOLDS
                                        : files
                                                ? PartKind.FILES
                                                : labels.given() ? PartKind.TIME : PartKind.LEAVE_ONE_OUT);
        List<Problem> problems = new ArrayList<>();
        if (files != (kind == PartKind.FILES)) {
            problems.add(
                    new Problem(
                            "split.parts.by",
                            files
                                    ? "is not files, but validation and test are files of their own; leave one of the two out"
                                    : "is files, but there is one file of interactions; name the others (--validation, --test)"));
        }
        if (candidates != (kind == PartKind.FOLDS)) {
            problems.add(new Problem(
                    "split.parts.by",
                    candidates
                            ? "is not folds, but there is a file of candidates; leave one of the two out"
                            : "is folds, but there are no candidates to divide; name their file (--candidates)"));
        }
        if (kind == PartKind.LEAVE_ONE_OUT && labels.given()) {
            problems.add(new Problem(
                    "split.parts.by",
                    "is leave-one-out, which divides positives and draws negatives for them; rows with labels are"
                            + " divided by time, files or users"));
        }
        if (kind == PartKind.LEAVE_ONE_OUT && hasPart(labels, RawLabels.HISTORY)) {
            problems.add(new Problem(
                    "interactions.parts.history",
                    "is set, but with leave-one-out a user's earlier interactions are its history; add them to the"
                            + " interactions, or divide by time"));
        }
        if (kind == PartKind.USERS && labels.anonymous()) {
            problems.add(new Problem("split.parts.by", "is users, but there is no user column"));
        }
        if (labels.anonymous() && settings.usersSample() > 0) {
            problems.add(new Problem("split.usersSample", "draws users, but there is no user column"));
        }
        if (labels.given()) {
            refuse(
                    settings.core() > 1,
                    "split.core",
                    "counts interactions, but rows with labels are samples as they are, and an impression would lose"
                            + " some of its rows; leave it out",
                    problems);
            refuse(
                    settings.dropRepeats(),
                    "split.dropRepeats",
                    "drops rows that occur twice, but an item may be shown twice to a user; remove true duplicates from"
                            + " the file",
                    problems);
        }
        refuse(
                candidates && labels.given(),
                "interactions.labels",
                "are set, but with candidates the test file says which of them are positives; leave the labels out",
                problems);
        refuse(
                candidates && (hasPart(labels, RawLabels.VALIDATION) || hasPart(labels, RawLabels.HISTORY)),
                "interactions.parts.candidates",
                "are set, and so is a file of validation rows or histories; with candidates the split by folds decides"
                        + " on both, so leave that file out",
                problems);
        refuse(
                kind == PartKind.FOLDS && settings.core() > 1,
                "split.core",
                "counts interactions, but candidates are none; leave it out",
                problems);
        refuse(
                kind == PartKind.FOLDS && settings.dropRepeats(),
                "split.dropRepeats",
                "is set, but of repeated candidates one is kept in any case; leave it out",
                problems);
        refuse(
                kind != PartKind.LEAVE_ONE_OUT && settings.dropShortUsers(),
                "split.dropShortUsers",
                "drops users with fewer than 3 interactions, which only leave-one-out needs; leave it out",
                problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return kind;
    }

    private static void refuse(boolean set, String where, String why, List<Problem> problems) {
        if (set) {
            problems.add(new Problem(where, why));
        }
    }

    private static boolean hasPart(RawLabels labels, byte part) {
        for (byte one : labels.parts()) {
            if (one == part) {
                return true;
            }
        }
        return false;
    }
}
