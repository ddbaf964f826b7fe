// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.sllmr.configuration.Checks;

/**
 * A categorical field and the column it comes from.
 *
 * @param name name of the field
 * @param column column of the file
 * @param split regular expression between the values of a field that has many; none for a field of one value. What is
 *     left is a set: {@code " > | \\|\\| "} makes the names on all paths of {@code A > B || A > C}. Lists in Parquet,
 *     JSON and Python are many values without it
 */
public record FieldSettings(String name, String column, Optional<String> split) {
    private static final Pattern LITERAL = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");

    /** Checks that the split can be compiled. */
    public FieldSettings {
        Checks checks = new Checks()
                .require(!name.isBlank(), "name", "is empty")
                .require(!column.isBlank(), "column", "is empty");
        if (split.isPresent()) {
            try {
                // What matches nothing at all stands between any two letters.
                boolean letters = Pattern.compile(split.get()).matcher("").find();
                checks.require(
                        !letters,
                        "split",
                        "is '" + split.get() + "', which as a regular expression matches the empty text and would part"
                                + " all letters; write a backslash before a character that is meant as it stands, as in"
                                + " \\|");
            } catch (PatternSyntaxException e) {
                checks.require(
                        false,
                        "split",
                        "is '" + split.get() + "', which is no regular expression: " + e.getDescription());
            }
        }
        checks.done();
    }

    /** A field of one value, named like its column. */
    public static FieldSettings of(String column) {
        return new FieldSettings(column, column, Optional.empty());
    }

    /** A field of many values, named like its column. */
    public static FieldSettings split(String column, String pattern) {
        return new FieldSettings(column, column, Optional.of(pattern));
    }

    /** A field of many values, named like its column, with a text between them that is taken as it stands. */
    public static FieldSettings separated(String column, String separator) {
        return split(column, LITERAL.matcher(separator).replaceAll("\\\\$0"));
    }
}
