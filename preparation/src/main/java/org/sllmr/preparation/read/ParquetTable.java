// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;

/** Parquet, read by DuckDB; dates and timestamps come as seconds since 1970. */
final class ParquetTable implements Table {
    private static final Logger LOGGER = LoggerFactory.getLogger(ParquetTable.class);

    private final Path path;
    private final List<String> names = new ArrayList<>();
    private final List<String> types = new ArrayList<>();

    ParquetTable(Path path) {
        this.path = path;
        try {
            String describe = "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + source() + ")";
            DuckQuery.forEach(describe, 2, (number, cells) -> {
                names.add(cells[0]);
                types.add(cells[1].toUpperCase(Locale.ROOT));
            });
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void forEach(List<String> columns, Consumer<Row> visitor) {
        ColumnNames.require(path.toString(), columns, names);
        StringsRow row = new StringsRow(JsonCell::values);
        String query = "SELECT " + DuckQuery.list(columns, this::expression) + " FROM " + source();
        try {
            DuckQuery.forEach(query, columns.size(), (number, cells) -> visitor.accept(row.at(number, cells)));
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public String place(long row) {
        return path + ", row " + (row + 1);
    }

    private String expression(String column) {
        String name = DuckQuery.identifier(column);
        String type = types.get(names.indexOf(column));
        boolean instant = type.startsWith("TIMESTAMP") || type.equals("DATE");
        return "CAST(to_json(" + (instant ? "CAST(floor(epoch(" + name + ")) AS BIGINT)" : name) + ") AS VARCHAR)";
    }

    private String source() {
        return "read_parquet(" + DuckQuery.literal(path) + ")";
    }

    private InvalidInputException unreadable(SQLException e) {
        LOGGER.debug("DuckDB on {}", path, e);
        return new InvalidInputException(
                path.toString(), "is no Parquet file, or a damaged one; check its format, or copy it again");
    }
}
