// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * How rows of the interactions are labelled; without it every row is a positive.
 *
 * @param column column of the label: 0 or 1, true or false
 * @param positive a comparison that makes a row a positive, such as {@code rating >= 4}; instead of {@code column}
 * @param group column of the impression: rows with the same value were shown together
 */
public record LabelSettings(Optional<String> column, Optional<String> positive, Optional<String> group) {
    /** Checks that a label is named once, and that the comparison can be read. */
    public LabelSettings {
        Checks checks = new Checks()
                .require(
                        column.isPresent() || positive.isPresent(),
                        "column",
                        "is missing, and so is positive; one of the two says which rows are positives")
                .require(
                        column.isEmpty() || positive.isEmpty(),
                        "positive",
                        "is set, and so is column; one of the two says which rows are positives");
        positive.ifPresent(text -> checks.require(
                PositiveRule.parse(text).isPresent(),
                "positive",
                "is '" + text + "', allowed is a column, one of >=, >, <=, <, = and !=, and a number or text, such as"
                        + " 'rating >= 4'"));
        checks.done();
    }

    PositiveRule rule() {
        return positive.flatMap(PositiveRule::parse).orElseGet(() -> PositiveRule.ofLabels(column.orElseThrow()));
    }
}
