// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the values of one field from rows. */
final class FieldReader {
    private final int column;
    private final List<Pattern> split;

    /** Reads the field from that requested column. */
    FieldReader(FieldSettings settings, int column) {
        this.column = column;
        this.split = settings.split().map(Pattern::compile).stream().toList();
    }

    List<String> values(Row row) {
        List<String> values = row.values(column);
        if (split.isEmpty() || values.isEmpty()) {
            return values;
        }
        List<String> parts = new ArrayList<>();
        for (String value : values) {
            for (String part : split.get(0).split(value, 0)) {
                String stripped = part.strip();
                if (!stripped.isEmpty()) {
                    parts.add(stripped);
                }
            }
        }
        return parts;
    }
}
