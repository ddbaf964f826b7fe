// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.IntFunction;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.WholeFile;
import org.sllmr.database.DuckDb;
import org.sllmr.teacher.TeacherTable;

/**
 * Writes a teacher table for other programs, with one row per score, sorted by user and item.
 *
 * <p>Ids are written unchanged, so an import reads the file back. A spreadsheet may take some of them for formulas.
 */
public final class TableExport {
    private static final String TABLE = "scores";

    private TableExport() {}

    /** The format of the file. */
    public enum Format {
        /** Comma-separated values with a header line. */
        CSV {
            @Override
            void write(Connection connection, Path file) throws SQLException {
                DuckDb.writeCsv(connection, TABLE, file);
            }
        },
        /** Apache Parquet. */
        PARQUET {
            @Override
            void write(Connection connection, Path file) throws SQLException {
                DuckDb.writeParquet(connection, TABLE, file);
            }
        };

        abstract void write(Connection connection, Path file) throws SQLException;
    }

    /**
     * Writes a table, completely or not at all.
     *
     * @param data the dataset of the table: with it, the columns are {@code user_id}, {@code item_id} and {@code
     *     score}, without it {@code user_index}, {@code item_index} and {@code score}
     */
    public static void write(TeacherTable table, Optional<TrainingData> data, Format format, Path file)
            throws IOException {
        WholeFile.write(file, beside -> {
            try (Connection connection = DuckDb.inMemory();
                    Statement statement = connection.createStatement()) {
                if (data.isPresent()) {
                    statement.execute("CREATE TABLE scores(user_id VARCHAR, item_id VARCHAR, score FLOAT)");
                    TrainingData ids = data.get();
                    append(
                            connection,
                            table,
                            ids.userIds()::value,
                            ids.catalogue().ids()::value);
                } else {
                    statement.execute("CREATE TABLE scores(user_index INTEGER, item_index INTEGER, score FLOAT)");
                    append(connection, table, user -> user, item -> item);
                }
                format.write(connection, beside);
            } catch (SQLException e) {
                throw new IOException(String.valueOf(e.getMessage()), e);
            }
        });
    }

    private static void append(
            Connection connection, TeacherTable table, IntFunction<Object> users, IntFunction<Object> items)
            throws SQLException {
        try (DuckDBAppender row = connection.unwrap(DuckDBConnection.class).createAppender(TABLE)) {
            for (int user = 0; user < table.users(); user++) {
                Object name = users.apply(user);
                for (int index = table.from(user); index < table.to(user); index++) {
                    row.beginRow();
                    append(row, name);
                    append(row, items.apply(table.items()[index]));
                    row.append(table.scores()[index]).endRow();
                }
            }
            // Closing does it too, but says nothing when it fails.
            row.flush();
        }
    }

    private static void append(DuckDBAppender row, Object value) throws SQLException {
        if (value instanceof Integer index) {
            row.append(index.intValue());
        } else {
            row.append(value.toString());
        }
    }
}
