// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sllmr.data.ProgressListener;

/** Takes the values of one field from rows. */
final class FieldReader {
    private final int column;
    private final FieldSettings settings;
    private final List<Pattern> split;
    private boolean wasSplit;
    private boolean hadValue;

    /** Reads the field from that requested column. */
    FieldReader(FieldSettings settings, int column) {
        this.column = column;
        this.settings = settings;
        this.split = settings.split().map(Pattern::compile).stream().toList();
    }

    List<String> values(Row row) {
        List<String> values = row.values(column);
        if (split.isEmpty() || values.isEmpty()) {
            return values;
        }
        List<String> parts = new ArrayList<>();
        for (String value : values) {
            String[] split = this.split.get(0).split(value, 0);
            hadValue = true;
            wasSplit |= split.length != 1;
            for (String part : split) {
                String stripped = part.strip();
                if (!stripped.isEmpty()) {
                    parts.add(stripped);
                }
            }
        }
        return parts;
    }

    /** Tells if there were values, and what should stand between them stood nowhere. */
    void note(TableFile file, ProgressListener listener) {
        if (hadValue && !wasSplit) {
            listener.noted(file.path() + ": in column '" + settings.column()
                    + "' the separator of the field stands in no row, so each row has one value; check the separator"
                    + " (it is read as the regular expression " + split.get(0) + ")");
        }
    }
}
