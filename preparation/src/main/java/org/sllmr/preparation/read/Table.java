// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import org.sllmr.configuration.InvalidInputException;

/** A file of rows, whatever its format. */
sealed interface Table extends Places permits DelimitedTable, JsonLinesTable, ParquetTable, PythonLinesTable {
    /**
     * Visits every row in the order of the file.
     *
     * @param columns what to read; every one of them has to exist
     * @param visitor takes each row, with the requested columns in the requested order
     * @throws InvalidInputException if a column is missing or the file cannot be read to its end
     */
    void forEach(List<String> columns, Consumer<Row> visitor);

    /** Opens a file; nothing is read yet but its first bytes. */
    static Table open(TableFile file) {
        String place = file.path().toString();
        try {
            if (!Files.isRegularFile(file.path())) {
                throw new InvalidInputException(
                        place, (Files.exists(file.path()) ? "is not a file" : "does not exist") + "; check the path");
            }
            if (Files.size(file.path()) == 0) {
                throw new InvalidInputException(place, "is empty; check how it was made or copied");
            }
            return switch (file.chosenFormat()) {
                case DELIMITED -> new DelimitedTable(file);
                case PARQUET -> new ParquetTable(file.path());
                case JSON_LINES -> new JsonLinesTable(file.path());
                case PYTHON_LINES -> new PythonLinesTable(file.path());
            };
        } catch (IOException e) {
            throw new InvalidInputException(place, "cannot be read: " + e.getMessage());
        }
    }
}
