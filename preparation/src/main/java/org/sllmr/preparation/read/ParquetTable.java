// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.database.DuckDb;

/**
 * Parquet files, read by DuckDB.
 *
 * <p>A time column of type date or timestamp is read as seconds since 1970; other columns of these types as text such
 * as {@code 2014-07-23 10:15:30}, in UTC if they have a zone. NaN is a missing value.
 */
final class ParquetTable implements Table {
    private static final Logger LOGGER = LoggerFactory.getLogger(ParquetTable.class);
    private static final int LONGEST_TYPE = 40;

    private final Path path;
    private final Optional<String> time;
    /** Names in the file, and those that DuckDB gives them: two that differ in case alone are one name to it. */
    private final List<String> names = new ArrayList<>();

    private final List<String> columns = new ArrayList<>();
    private final List<String> types = new ArrayList<>();

    ParquetTable(Path path, Optional<String> time) {
        this.path = path;
        this.time = time;
        try {
            String describe =
                    "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + DuckDb.parquet(path) + ")";
            DuckQuery.forEach(describe, 2, (number, cells) -> {
                columns.add(cells[0]);
                types.add(cells[1].toUpperCase(Locale.ROOT));
            });
            names.addAll(namesInFile());
        } catch (SQLException e) {
            throw unreadable(e, List.of());
        }
    }

    @Override
    public List<String> columns() {
        return names;
    }

    @Override
    public boolean knowsTimes() {
        return time.isPresent() && isInstant(time.get());
    }

    @Override
    public void forEach(List<String> columns, Consumer<Row> visitor) {
        ColumnNames.require(path.toString(), columns, names);
        requireReadable(columns);
        boolean[] nested = new boolean[columns.size()];
        for (int column = 0; column < nested.length; column++) {
            nested[column] = isList(type(columns.get(column)));
        }
        String expressions = columns.stream().map(this::expression).collect(Collectors.joining(", "));
        String query = "SELECT " + expressions + " FROM " + DuckDb.parquet(path);
        try {
            DuckQuery.forEach(
                    query, columns.size(), (number, cells) -> visitor.accept(new Cells(number, cells, nested)));
        } catch (SQLException e) {
            throw unreadable(e, columns);
        }
    }

    @Override
    public String place(long row) {
        return path + ", row " + (row + 1);
    }

    private record Cells(long number, @Nullable String[] cells, boolean[] nested) implements Row {
        @Override
        public List<String> values(int column) {
            return ValuesRow.present(elements(column));
        }

        @Override
        public List<String> elements(int column) {
            String cell = cells[column];
            if (cell == null || cell.isEmpty()) {
                return List.of();
            }
            return nested[column] ? JsonLine.list(cell) : List.of(cell);
        }
    }

    /** The names of the columns, which are the root's children, in the order of DuckDB's columns. */
    private List<String> namesInFile() throws SQLException {
        List<String> all = new ArrayList<>();
        List<Integer> children = new ArrayList<>();
        String schema = "SELECT name, CAST(coalesce(num_children, 0) AS VARCHAR) FROM " + DuckDb.parquetSchema(path);
        DuckQuery.forEach(schema, 2, (number, cells) -> {
            all.add(cells[0]);
            children.add(Integer.parseInt(cells[1]));
        });
        List<String> top = new ArrayList<>();
        for (int at = 1; at < all.size(); ) {
            top.add(all.get(at));
            for (int open = 1; open > 0 && at < all.size(); at++) {
                open += children.get(at) - 1;
            }
        }
        // DuckDB reads some further forms, such as those of spatial files, in its own way.
        return top.size() == columns.size() ? top : columns;
    }

    private void requireReadable(List<String> wanted) {
        List<Problem> problems = new ArrayList<>();
        for (String column : wanted) {
            String element = type(column).replaceAll("(\\[\\d*])+$", "");
            if (names.indexOf(column) != names.lastIndexOf(column)) {
                problems.add(new Problem(path.toString(), "has two columns '" + column + "'; rename one"));
            } else if (element.startsWith("STRUCT") || element.startsWith("MAP") || element.startsWith("UNION")) {
                problems.add(
                        new Problem(
                                path.toString(),
                                "column '" + column + "' is of type " + abbreviated(type(column))
                                        + "; only texts, numbers and lists of them are read: flatten it, or name another column"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static String abbreviated(String type) {
        return type.length() <= LONGEST_TYPE ? type : type.substring(0, LONGEST_TYPE) + "...";
    }

    private String expression(String column) {
        String name = duckName(column);
        String type = type(column);
        if (time.isPresent() && time.get().equals(column) && isInstant(column)) {
            // DuckDB has no function for instants with a zone in nanoseconds.
            String instant = type.equals("TIMESTAMPTZ_NS") ? "CAST(" + name + " AS TIMESTAMP_NS)" : name;
            return "CAST(CAST(floor(epoch(" + instant + ")) AS BIGINT) AS VARCHAR)";
        } else if (isList(type)) {
            return "CAST(to_json(" + name + ") AS VARCHAR)";
        } else if (type.equals("FLOAT") || type.equals("DOUBLE")) {
            return "CASE WHEN isnan(" + name + ") THEN NULL ELSE CAST(" + name + " AS VARCHAR) END";
        }
        return "CAST(" + name + " AS VARCHAR)";
    }

    private boolean isInstant(String column) {
        int index = names.indexOf(column);
        return index >= 0
                && (types.get(index).startsWith("TIMESTAMP") || types.get(index).equals("DATE"));
    }

    private static boolean isList(String type) {
        return type.endsWith("]");
    }

    private String duckName(String column) {
        return DuckDb.identifier(columns.get(names.indexOf(column)));
    }

    private String type(String column) {
        return types.get(names.indexOf(column));
    }

    /** The reason for a failure; DuckDB's own message is lost while rows are streamed. */
    private InvalidInputException unreadable(SQLException e, List<String> columns) {
        LOGGER.debug("DuckDB on {}", path, e);
        for (String column : columns) {
            long row = firstWithoutText(column);
            if (row >= 0) {
                return new InvalidInputException(
                        place(row), "column '" + column + "' has bytes that are not UTF-8; convert it to text");
            }
        }
        return new InvalidInputException(
                path.toString(), "is not a Parquet file, or is damaged; check its format, or copy it again");
    }

    /** The first row with bytes that are not UTF-8, or -1 if none is found. */
    private long firstWithoutText(String column) {
        String name = duckName(column);
        long[] first = {-1};
        try {
            DuckQuery.forEach(
                    "SELECT CAST(file_row_number AS VARCHAR) FROM " + DuckDb.numberedParquet(path) + " WHERE " + name
                            + " IS NOT NULL AND TRY(decode(" + name + ")) IS NULL LIMIT 1",
                    1,
                    (number, cells) -> first[0] = Long.parseLong(cells[0]));
        } catch (SQLException e) {
            LOGGER.debug("looking for bytes in {} of {}", column, path, e);
        }
        return first[0];
    }
}
