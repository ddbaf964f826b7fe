// SPDX-License-Identifier: Apache-2.0
package org.sllmr.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.sllmr.configuration.InvalidInputException;

/**
 * Opens DuckDB and writes paths and names into its SQL.
 *
 * <p>DuckDB takes a path for a pattern ({@code log[1].parquet}, {@code *}), a folder {@code day=5} for a column, and
 * what follows {@code ;} in its address for options, which can run SQL. So only this class opens connections and writes
 * paths into statements; an architecture test enforces it.
 */
public final class DuckDb {
    /** Whether the driver's library may still be where it was unpacked. */
    private static final AtomicBoolean UNPACKED = new AtomicBoolean(true);

    private DuckDb() {}

    /** A connection without a database file, which downloads no extensions and leaves no temporary files. */
    public static Connection inMemory() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("temp_directory", "");
        properties.setProperty("jdbc_stream_results", "true");
        Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
        if (UNPACKED.compareAndSet(true, false)) {
            UnpackedLibrary.remove();
        }
        return connection;
    }

    /**
     * A connection to the tables of a database file, which is created if it does not exist.
     *
     * @throws InvalidInputException if DuckDB cannot use the path
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
     * Makes the tables of a database file readable as {@code name.table}.
     *
     * @throws InvalidInputException if DuckDB cannot use the path
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
     * The rows of one Parquet file, for use after {@code FROM}. Folder names do not become columns, and byte columns
     * that are not marked as text are read as text, which old writers need.
     *
     * @throws InvalidInputException if DuckDB cannot use the path
     */
    public static String parquet(Path file) {
        return parquet(List.of(file));
    }

    /** The rows of Parquet files with the same columns, one file after the other, as {@link #parquet(Path)}. */
    public static String parquet(List<Path> files) {
        return "read_parquet("
                + files.stream().map(file -> literal(pattern(file))).collect(Collectors.joining(", ", "[", "]"))
                + ", hive_partitioning = false, union_by_name = false, binary_as_string = true)";
    }

    /**
     * The schema of one Parquet file, for use after {@code FROM}: a row for each node of the tree, in the order of the
     * file, with {@code name} and {@code num_children}; the first is the root. Names are those of the file; the rows of
     * {@link #parquet} have others where two names differ in case alone.
     *
     * @throws InvalidInputException if DuckDB cannot use the path
     */
    public static String parquetSchema(Path file) {
        return "parquet_schema(" + literal(pattern(file)) + ")";
    }

    /** The rows of one Parquet file with their number, from 0, in column {@code file_row_number}; bytes stay bytes. */
    public static String numberedParquet(Path file) {
        return "read_parquet(" + literal(pattern(file))
                + ", hive_partitioning = false, union_by_name = false, file_row_number = true)";
    }

    /** A text in SQL. */
    private static String literal(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }

    /** A name in SQL. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * Checks that a database can have this path: DuckDB takes a backslash for a slash, and writes the log of a path
     * with a question mark under another name.
     *
     * @throws InvalidInputException if it cannot
     */
    public static void requirePlace(Path database) {
        String path = database.toAbsolutePath().toString();
        for (char character : new char[] {'\\', '?'}) {
            if (path.indexOf(character) >= 0) {
                throw new InvalidInputException(
                        database.toString(),
                        "has a '" + character
                                + "' in its path, which the database would misinterpret; choose another place");
            }
        }
    }

    private static String database(Path file) {
        requirePlace(file);
        return literal(file.toAbsolutePath());
    }

    /** The pattern that matches only this file. */
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
        // A pattern cannot contain a literal backslash.
        if (special && path.indexOf('\\') >= 0) {
            throw new InvalidInputException(
                    file.toString(),
                    "has both a '\\' and one of * ? [ in its path, which the database cannot read; rename it");
        }
        return pattern.toString();
    }
}
