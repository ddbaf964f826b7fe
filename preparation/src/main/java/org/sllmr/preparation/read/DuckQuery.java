// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;
import org.sllmr.database.DuckDb;

/** DuckDB queries over files. They return strings only, because values are checked where their row is known. */
final class DuckQuery {
    private static final int ROWS_BETWEEN_CHECKS = 4096;

    private DuckQuery() {}

    /** Receives a row of strings, with null for missing values; the array is reused. */
    interface StringsVisitor {
        void visit(long number, String[] cells);
    }

    /** Runs a query whose columns are all strings, and visits its rows in order. */
    static void forEach(String sql, int columns, StringsVisitor visitor) throws SQLException {
        try (Connection connection = DuckDb.inMemory();
                Statement statement = connection.createStatement()) {
            statement.execute("SET preserve_insertion_order = true");
            try (ResultSet rows = statement.executeQuery(sql)) {
                String[] cells = new String[columns];
                for (long number = 0; rows.next(); number++) {
                    if (number % ROWS_BETWEEN_CHECKS == 0
                            && Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("stopped while reading");
                    }
                    for (int column = 0; column < columns; column++) {
                        cells[column] = rows.getString(column + 1);
                    }
                    visitor.visit(number, cells);
                }
            }
        }
    }
}
