// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.file.Reason;

/** A file of rows in any format, or a folder of such files. */
sealed interface Table extends Places
        permits DelimitedTable, JsonLinesTable, ParquetTable, PartedTable, PythonLinesTable, SuppliedTable {
    /**
     * Visits every row in the order of the file.
     *
     * @param columns columns to read; all must exist
     * @param visitor receives each row, with the requested columns in the requested order
     * @throws InvalidInputException if a column is missing or the file cannot be read to its end
     */
    void forEach(List<String> columns, Consumer<Row> visitor);

    /** The names of the columns; in formats where each line names its own, those of the first lines. */
    List<String> columns();

    /** Whether the time column is a date or timestamp, so that its values are always seconds since 1970. */
    default boolean knowsTimes() {
        return false;
    }

    /** Notes for the user about the rows read so far. */
    default List<String> notes() {
        return List.of();
    }

    /** Opens a file; only its beginning is read. */
    static Table open(TableFile file) {
        return open(file, Optional.empty());
    }

    /** Opens a file; the given column is read as a time. */
    static Table open(TableFile file, Optional<String> time) {
        String place = file.path().toString();
        try {
            if (Files.isDirectory(file.path())) {
                return PartedTable.of(file, time);
            }
            if (!Files.isRegularFile(file.path())) {
                throw new InvalidInputException(
                        place, (Files.exists(file.path()) ? "is not a file" : "does not exist") + "; check the path");
            }
            if (Files.size(file.path()) == 0) {
                throw new InvalidInputException(place, "is empty; check how it was made or copied");
            }
            TableFormat format = file.chosenFormat();
            if (format != TableFormat.DELIMITED && !file.columns().isEmpty()) {
                throw new InvalidInputException(
                        place, "names its columns itself; leave out the option that names them");
            }
            return switch (format) {
                case DELIMITED -> new DelimitedTable(file);
                case PARQUET -> parquet(file, time);
                case JSON_LINES -> new JsonLinesTable(file.path());
                case PYTHON_LINES -> new PythonLinesTable(file.path());
            };
        } catch (UnreadableException e) {
            throw new InvalidInputException(List.of(TextFile.broken(file.path(), 0, e)));
        } catch (IOException e) {
            throw new InvalidInputException(List.of(new Problem(place, "cannot be read: " + Reason.of(e))));
        }
    }

    private static Table parquet(TableFile file, Optional<String> time) throws IOException {
        Compression compression = Compression.of(file.path());
        if (compression != Compression.NONE) {
            throw new UnreadableException("is a compressed file; Parquet has its own compression, so unpack it first");
        }
        return new ParquetTable(file.path(), time);
    }
}
