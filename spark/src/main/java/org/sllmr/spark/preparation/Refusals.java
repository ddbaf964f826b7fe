// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.preparation.PartKind;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.PartFiles;

/** What one machine prepares and Spark does not. */
final class Refusals {
    private static final String INSTEAD = "; prepare such data with 'sllmr data prepare'";

    private Refusals() {}

    /**
     * Refuses what is not done on Spark.
     *
     * @throws InvalidInputException with every such setting
     */
    static void check(PreparationSettings settings) {
        List<Problem> problems = new ArrayList<>();
        InteractionSource interactions = settings.sources().interactions();
        if (interactions.labels().isPresent()) {
            problems.add(new Problem(
                    "interactions.labels", "are set, but on Spark every row is a positive of its user" + INSTEAD));
        }
        if (!interactions.parts().equals(PartFiles.none())) {
            problems.add(new Problem(
                    "interactions.parts", "are set, but on Spark one table has all interactions" + INSTEAD));
        }
        settings.split()
                .parts()
                .by()
                .filter(kind -> kind != PartKind.LEAVE_ONE_OUT && kind != PartKind.TIME)
                .ifPresent(kind -> problems.add(new Problem(
                        "split.parts.by",
                        "is " + kind.name().toLowerCase(Locale.ROOT)
                                + ", but on Spark rows are divided by leave-one-out or by time" + INSTEAD)));
        if (settings.split().usersSample() > 0) {
            problems.add(
                    new Problem(
                            "split.usersSample",
                            "draws users by their place in a file; on Spark select the rows of the users that you want before"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
