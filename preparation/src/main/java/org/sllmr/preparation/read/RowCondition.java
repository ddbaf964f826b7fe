// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import org.sllmr.configuration.InvalidInputException;

/**
 * A condition on one column, such as {@code model = gpt-4o-mini} or {@code rating >= 4}.
 *
 * <p>Numbers are compared as numbers, and anything else as text, which {@code =} and {@code !=} can do.
 */
public final class RowCondition {
    private final String text;
    private final PositiveRule rule;

    private RowCondition(String text, PositiveRule rule) {
        this.text = text;
        this.rule = rule;
    }

    /**
     * Reads a condition.
     *
     * @param where the option it comes from, for messages
     * @throws InvalidInputException if it is none
     */
    public static RowCondition parse(String where, String text) {
        return new RowCondition(
                text,
                PositiveRule.parse(text)
                        .orElseThrow(() -> new InvalidInputException(
                                where,
                                "is '" + text + "', allowed is COLUMN, an operator (=, !=, >=, >, <=, <) and a value,"
                                        + " such as 'model = gpt-4o-mini'; <, <=, > and >= need a number")));
    }

    /** The column that it looks at. */
    public String column() {
        return rule.column();
    }

    /**
     * Whether a value fulfils the condition; an empty one fulfils only {@code !=}.
     *
     * @param places the places of rows, for messages
     * @throws InvalidInputException if the value has to be a number and is none
     */
    public boolean holds(String value, Places places, long row) {
        int label = rule.label(value);
        if (label == PositiveRule.UNDECIDED && !value.isEmpty()) {
            throw new InvalidInputException(places.place(row), rule.fault(value));
        }
        return label == 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
