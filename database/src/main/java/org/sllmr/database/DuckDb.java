// SPDX-License-Identifier: Apache-2.0
package org.sllmr.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.sllmr.configuration.InvalidInputException;

/**
 * Opens DuckDB and puts paths and names into its SQL.
 *
 * <p>To DuckDB a path is a pattern ({@code log[1].parquet}, {@code *}), a folder {@code day=5} a column, and what
 * follows {@code ;} in its address are options that can run SQL. So nobody else opens a connection or writes a path into
 * a statement; a test of the architecture forbids it.
 */
public final class DuckDb {
    private DuckDb() {}

    /** A connection to no file, which fetches nothing from anywhere and leaves no files behind. */
    public static Connection inMemory() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("temp_directory", "");
        properties.setProperty("jdbc_stream_results", "true");
        return DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    /**
     * A connection whose tables are those of a database file; the file is made if there is none.
     *
     * @throws InvalidInputException if the path is one that DuckDB cannot take
     */
    public static Connection open(Path database) throws SQLException {
        Connection connection = inMemory();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + database(database) + " AS opened");
            statement.execute("USE opened");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Lets a connection read the tables of a database file under a name, as {@code name.table}.
     *
     * @throws InvalidInputException if the path is one that DuckDB cannot take
     */
    public static void attachForReading(Connection connection, Path database, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + database(database) + " AS " + identifier(name) + " (READ_ONLY)");
        }
    }

    /** Writes a table to a file as comma-separated values with a header line, uncompressed. */
    public static void writeCsv(Connection connection, String table, Path file) throws SQLException {
        copy(connection, table, file, "(FORMAT csv, HEADER, COMPRESSION none)");
    }

    /** Writes a table to a Parquet file. */
    public static void writeParquet(Connection connection, String table, Path file) throws SQLException {
        copy(connection, table, file, "(FORMAT parquet, COMPRESSION zstd)");
    }

    private static void copy(Connection connection, String table, Path file, String options) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("COPY " + identifier(table) + " TO " + literal(file.toAbsolutePath()) + " " + options);
        }
    }

    /**
     * The rows of one Parquet file, to stand behind {@code FROM}; no folder's name becomes a column, and bytes that are
     * not marked as text are text all the same, as old writers have it.
     *
     * @throws InvalidInputException if the path is one that DuckDB cannot take
     */
    public static String parquet(Path file) {
        return "read_parquet(" + literal(pattern(file))
                + ", hive_partitioning = false, union_by_name = false, binary_as_string = true)";
    }

    /** The same rows with their numbers from 0, column {@code file_row_number}; unmarked bytes stay bytes. */
    public static String numberedParquet(Path file) {
        return "read_parquet(" + literal(pattern(file))
                + ", hive_partitioning = false, union_by_name = false, file_row_number = true)";
    }

    /** A text in SQL. */
    public static String literal(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }

    /** A name in SQL. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A list in SQL, each element made of a name. */
    public static String list(List<String> names, Function<String, String> each) {
        return String.join(", ", names.stream().map(each).toList());
    }

    /**
     * Makes sure that a database can stand there: DuckDB takes a backslash for a slash, and keeps the log of a path with a
     * question mark under another name.
     *
     * @throws InvalidInputException if it cannot
     */
    public static void requirePlace(Path database) {
        String path = database.toAbsolutePath().toString();
        for (char character : new char[] {'\\', '?'}) {
            if (path.indexOf(character) >= 0) {
                throw new InvalidInputException(
                        database.toString(),
                        "has a '" + character + "' in its path, which the database would not take for what it is;"
                                + " choose another place");
            }
        }
    }

    private static String database(Path file) {
        requirePlace(file);
        return literal(file.toAbsolutePath());
    }

    /** The pattern that means this file and no other. */
    private static String pattern(Path file) {
        String path = file.toAbsolutePath().toString();
        StringBuilder pattern = new StringBuilder(path.length());
        boolean special = false;
        for (int at = 0; at < path.length(); at++) {
            char character = path.charAt(at);
            if (character == '*' || character == '?' || character == '[') {
                special = true;
                pattern.append('[').append(character).append(']');
            } else {
                pattern.append(character);
            }
        }
        // In a pattern nothing stands for a backslash.
        if (special && path.indexOf('\\') >= 0) {
            throw new InvalidInputException(
                    file.toString(),
                    "has a '\\' in its path beside one of * ? [, which the database cannot be told apart; rename it");
        }
        return pattern.toString();
    }
}
