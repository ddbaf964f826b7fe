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
import org.sllmr.database.DuckDb;

/**
 * Parquet files, read by DuckDB.
 *
 * <p>A time column of type date or timestamp is read as seconds since 1970; other columns of these types as text such
 * as {@code 2014-07-23 10:15:30}, in UTC if they have a zone. NaN is a missing value.
 */
final class ParquetTable implements Table {
    private static final Logger LOGGER = LoggerFactory.getLogger(ParquetTable.class);

    private final Path path;
    private final Optional<String> time;
    private final List<String> names = new ArrayList<>();
    private final List<String> types = new ArrayList<>();

    ParquetTable(Path path, Optional<String> time) {
        this.path = path;
        this.time = time;
        try {
            String describe =
                    "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + DuckDb.parquet(path) + ")";
            DuckQuery.forEach(describe, 2, (number, cells) -> {
                names.add(cells[0]);
                types.add(cells[1].toUpperCase(Locale.ROOT));
            });
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
        boolean[] nested = new boolean[columns.size()];
        for (int column = 0; column < nested.length; column++) {
            nested[column] = isNested(type(columns.get(column)));
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

    private String expression(String column) {
        String name = DuckDb.identifier(column);
        String type = type(column);
        if (time.isPresent() && time.get().equals(column) && isInstant(column)) {
            return "CAST(CAST(floor(epoch(" + name + ")) AS BIGINT) AS VARCHAR)";
        } else if (isNested(type)) {
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

    private static boolean isNested(String type) {
        return type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP") || type.startsWith("UNION");
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
        String name = DuckDb.identifier(column);
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
