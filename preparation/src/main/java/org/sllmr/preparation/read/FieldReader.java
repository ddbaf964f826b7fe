// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.sllmr.data.ProgressListener;

/** Reads the values of one field from rows. */
final class FieldReader {
    private final int column;
    private final FieldSettings settings;
    private final List<Pattern> split;
    private boolean wasSplit;
    private boolean hadValue;

    /** A reader of the requested column with an index. */
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

    /** Reports if there were values but never the separator. */
    void note(TableFile file, ProgressListener listener) {
        if (hadValue && !wasSplit) {
            listener.noted(file.path() + ": in column '" + settings.column()
                    + "' no row contains the field's separator, so each row has one value; check the separator"
                    + " (it is read as the regular expression " + split.get(0) + ")");
        }
    }
}
