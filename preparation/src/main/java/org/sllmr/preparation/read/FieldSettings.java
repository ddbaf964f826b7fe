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
 * @param split regular expression that separates multiple values; none for a field with one value. The values are a
 *     set: {@code " > | \\|\\| "} gives the names on all paths of {@code A > B || A > C}. Lists in Parquet, JSON and
 *     Python are multiple values without it
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
                // A pattern that matches the empty text matches between any two characters.
                boolean letters = Pattern.compile(split.get()).matcher("").find();
                checks.require(
                        !letters,
                        "split",
                        "is '" + split.get() + "', a regular expression that matches the empty text and would separate"
                                + " all characters; write a backslash before a character that is meant literally, such as"
                                + " \\|");
            } catch (PatternSyntaxException e) {
                checks.require(
                        false,
                        "split",
                        "is '" + split.get() + "', which is not a regular expression: " + e.getDescription());
            }
        }
        checks.done();
    }

    /** A field with one value, named like its column. */
    public static FieldSettings of(String column) {
        return new FieldSettings(column, column, Optional.empty());
    }

    /** A field with multiple values, named like its column. */
    public static FieldSettings split(String column, String pattern) {
        return new FieldSettings(column, column, Optional.of(pattern));
    }

    /** A field with multiple values, named like its column, with a literal separator. */
    public static FieldSettings separated(String column, String separator) {
        return split(column, LITERAL.matcher(separator).replaceAll("\\\\$0"));
    }
}
