// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.preparation.read.TableRows;

/**
 * Parses a field option: {@code COLUMN}, or {@code COLUMN:SEPARATOR} for a field with several values.
 *
 * <p>The separator is literal text ({@code |}), or a regular expression if it is between slashes ({@code /[|,]/}) or
 * contains a backslash ({@code , |\|}).
 */
final class FieldOption {
    private FieldOption() {}

    static List<FieldSettings> parse(List<String> options, TableFile file) {
        List<FieldSettings> fields = new ArrayList<>();
        List<String> columns = List.of();
        for (String option : options) {
            // A colon may be part of a column's name, so the file's columns are needed.
            if (option.indexOf(':') >= 0 && columns.isEmpty()) {
                columns = TableRows.open(file).columns();
            }
            fields.add(parse(option, columns));
        }
        return fields;
    }

    /** The column is the longest prefix that is a column's name, else everything before the first colon. */
    static FieldSettings parse(String option, List<String> columns) {
        if (columns.contains(option) || option.indexOf(':') < 0) {
            return FieldSettings.of(option);
        }
        int colon = option.indexOf(':');
        for (int at = option.lastIndexOf(':'); at > 0; at = option.lastIndexOf(':', at - 1)) {
            if (columns.contains(option.substring(0, at))) {
                colon = at;
                break;
            }
        }
        String column = option.substring(0, colon);
        String separator = option.substring(colon + 1);
        boolean slashes = separator.length() > 2 && separator.startsWith("/") && separator.endsWith("/");
        if (slashes) {
            return FieldSettings.split(column, separator.substring(1, separator.length() - 1));
        }
        return separator.indexOf('\\') >= 0
                ? FieldSettings.split(column, separator)
                : FieldSettings.separated(column, separator);
    }
}
