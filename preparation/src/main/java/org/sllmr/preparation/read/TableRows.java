// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import java.util.function.Consumer;
import org.sllmr.data.ProgressListener;

/** The rows of any table as texts, for other packages to interpret. */
public final class TableRows implements Places {
    private final TableFile file;
    private final Table table;

    private TableRows(TableFile file) {
        this.file = file;
        this.table = Table.open(file);
    }

    /**
     * Opens a file.
     *
     * @throws org.sllmr.configuration.InvalidInputException if it does not exist or cannot be read
     */
    public static TableRows open(TableFile file) {
        return new TableRows(file);
    }

    /** The names of the columns of the file; in formats where each line names its own, those of the first lines. */
    public List<String> columns() {
        return table.columns();
    }

    /**
     * One row.
     *
     * @param number of the row, from 0
     * @param values values of the requested columns in their order, "" for a missing one
     */
    public record Texts(long number, List<String> values) {}

    /**
     * Visits every row in the order of the file.
     *
     * @param columns columns to read
     * @throws org.sllmr.configuration.InvalidInputException if a column is missing or the file is damaged
     */
    public void forEach(List<String> columns, ProgressListener listener, Consumer<Texts> visitor) {
        RowProgress progress = new RowProgress(listener, file);
        table.forEach(columns, row -> {
            progress.at(row);
            String[] values = new String[columns.size()];
            for (int column = 0; column < values.length; column++) {
                values[column] = row.text(column);
            }
            visitor.accept(new Texts(row.number(), List.of(values)));
        });
        table.notes().forEach(listener::noted);
    }

    @Override
    public String place(long row) {
        return table.place(row);
    }
}
