// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.util.List;
import java.util.Optional;
import org.sllmr.preparation.read.FieldSettings;

/** A field as an option names it: {@code COLUMN}, or {@code COLUMN:PATTERN} for a field of many values. */
final class FieldOption {
    private FieldOption() {}

    /** The pattern is all that follows the first colon, spaces included. */
    static FieldSettings parse(String option) {
        int colon = option.indexOf(':');
        String column = colon < 0 ? option : option.substring(0, colon);
        return new FieldSettings(
                column, column, colon < 0 ? Optional.empty() : Optional.of(option.substring(colon + 1)));
    }

    static List<FieldSettings> parse(List<String> options) {
        return options.stream().map(FieldOption::parse).toList();
    }
}
