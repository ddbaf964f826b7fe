// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of words and numbers with rows in groups: the one model of every table.
 *
 * <p>Cells are plain text that may hold anything, such as names from data; each format escapes what its reader would
 * read as markup.
 *
 * @param caption what the table holds
 * @param columns the columns; the first holds names
 * @param groups the rows
 * @param note an explanation; may be empty
 */
public record Table(String caption, List<Column> columns, List<Group> groups, String note) {
    /** No format breaks a line at this space. */
    private static final char NO_BREAK = '\u00a0';

    /** Copies the lists and checks that every row has all columns. */
    public Table {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
        for (Group group : groups) {
            for (Row row : group.rows()) {
                if (row.cells().size() != columns.size()) {
                    throw new IllegalArgumentException(row.cells().size() + " cells under " + columns.size());
                }
            }
        }
    }

    /** A table with {@code names} columns of names, followed by columns of numbers. */
    public static Table of(String caption, List<String> headings, int names, List<Group> groups, String note) {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            columns.add(column < names ? Column.name(headings.get(column)) : Column.number(headings.get(column)));
        }
        return new Table(caption, columns, groups, note);
    }

    /** A table of one group without headings, such as the numbers of a chart. */
    public static Table plain(List<String> headings, List<List<String>> rows) {
        return of("", headings, 1, List.of(Group.of("", rows)), "");
    }

    /** The same under another caption. */
    public Table withCaption(String other) {
        return new Table(other, columns, groups, note);
    }

    /** The headings of the columns. */
    public List<String> headings() {
        return columns.stream().map(Column::heading).toList();
    }

    /** The cells of all rows. */
    public List<List<String>> rows() {
        return groups.stream()
                .flatMap(group -> group.rows().stream())
                .map(Row::cells)
                .toList();
    }

    /** Text that stays on one line. */
    public static String unbroken(String text) {
        return text.replace(' ', NO_BREAK);
    }

    /** What a column holds, which decides its alignment. */
    public enum Kind {
        /** Words. */
        NAME,
        /** Numbers. */
        NUMBER,
        /** The verdict, shown in the row's tone. */
        VERDICT
    }

    /**
     * One column.
     *
     * @param heading its heading
     * @param kind what it holds
     * @param optional whether a narrow terminal may omit it
     */
    public record Column(String heading, Kind kind, boolean optional) {
        /** A column of words. */
        public static Column name(String heading) {
            return new Column(heading, Kind.NAME, false);
        }

        /** A column of numbers. */
        public static Column number(String heading) {
            return new Column(heading, Kind.NUMBER, false);
        }

        /** This column, omitted if there is no room. */
        public Column ifThereIsRoom() {
            return new Column(heading, kind, true);
        }
    }

    /**
     * A group of rows.
     *
     * @param heading what they have in common; may be empty
     * @param rows the rows
     */
    public record Group(String heading, List<Row> rows) {
        /** Copies the rows. */
        public Group {
            rows = List.copyOf(rows);
        }

        /** Rows without a tone. */
        public static Group of(String heading, List<List<String>> rows) {
            return new Group(heading, rows.stream().map(Row::of).toList());
        }
    }

    /**
     * One row.
     *
     * @param cells text, one for each column
     * @param tone that of its verdict
     */
    public record Row(List<String> cells, Tone tone) {
        /** Copies the cells. */
        public Row {
            cells = List.copyOf(cells);
        }

        /** A row without a verdict. */
        public static Row of(List<String> cells) {
            return new Row(cells, Tone.NEUTRAL);
        }
    }
}
