// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.WholeFile;
import org.sllmr.database.DuckDb;

/**
 * The DuckDB file of a store, open for writing. It blocks other processes, so it is never open for long.
 *
 * <p>Every change is one transaction.
 */
final class Database implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Database.class);
    private final DuckDBConnection connection;

    private Database(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Creates the file, completely or not at all. */
    static void create(Path file) throws IOException {
        WholeFile.write(file, beside -> {
            try (Connection connection = connect(beside);
                    Statement statement = connection.createStatement()) {
                for (String sql : Tables.ALL) {
                    statement.execute(sql);
                }
            } catch (SQLException e) {
                throw new IOException(file + " cannot be created: " + e.getMessage(), e);
            }
        });
    }

    /**
     * Opens the file.
     *
     * @throws DatabaseInUseException if another process has it open
     * @throws InvalidInputException if it is damaged, or of another version
     */
    static Database open(Path file) throws DatabaseInUseException {
        try {
            Database database = new Database(connect(file).unwrap(DuckDBConnection.class));
            try {
                checkFormat(file, database.connection, "store");
            } catch (SQLException | InvalidInputException e) {
                database.close();
                throw e;
            }
            return database;
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    static void checkFormat(Path file, Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT format FROM " + table)) {
            int format = rows.next() ? rows.getInt(1) : 0;
            if (format != Tables.FORMAT) {
                throw new InvalidInputException(file.toString(), Tables.refusal(format));
            }
        }
    }

    /** The exception for a failure to open or read. */
    static InvalidInputException failure(Path file, SQLException e) throws DatabaseInUseException {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Could not set lock")
                || message.contains("different configuration")
                || message.contains("already attached")
                || message.contains("being used by another process")) {
            throw new DatabaseInUseException(message);
        }
        return unreadable(file, e);
    }

    /** The exception for a failure to read an open database; DuckDB checks blocks when it needs them. */
    static InvalidInputException unreadable(Path file, SQLException e) {
        LOGGER.debug("DuckDB on {}", file, e);
        return new InvalidInputException(
                file.toString(),
                "is damaged or not the database of a store: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                        + "; restore it from a copy, or use another store");
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = DuckDb.open(file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 2");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Number of the last journal whose attempts are in the database. */
    long merged() throws SQLException {
        return number("SELECT merged FROM store");
    }

    /** Cost of all attempts. */
    double spent() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT coalesce(sum(cost), 0) FROM attempt")) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Records that a journal's attempts are in the database, and adds them; both or nothing. */
    void merge(long journal, List<JournalEntry> entries) throws SQLException {
        connection.setAutoCommit(false);
        try {
            // First, because only a statement begins a transaction: what is appended before it is committed by itself.
            try (PreparedStatement statement = connection.prepareStatement("UPDATE store SET merged = ?")) {
                statement.setLong(1, journal);
                statement.execute();
            }
            EntryAppender.append(connection, "attempt", "score", entries);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Adds a run; returns its number. */
    int add(RunRecord run) throws SQLException {
        int number = (int) number("SELECT count(*) FROM run") + 1;
        RunTable.add(connection, number, run);
        return number;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Committed changes are in the file or its log, which is read when it is opened next.
            LOGGER.warn("the store's database could not be closed: {}", e.getMessage());
        }
    }
}
