// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A table whose rows another program supplies. */
public final class SuppliedTable implements Table {
    private final String name;
    private final List<String> columns;
    private final Function<List<String>, Iterator<List<List<String>>>> rows;
    private final Places places;

    /**
     * A table.
     *
     * @param name what messages call it
     * @param columns names of its columns
     * @param rows the rows with the requested columns, in order; each has the values of each column: none if missing, several
     *     if it is a list, "" for a missing one in a list
     * @param places the place of each row
     */
    public SuppliedTable(
            String name,
            List<String> columns,
            Function<List<String>, Iterator<List<List<String>>>> rows,
            Places places) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.places = places;
    }

    /**
     * Requires that the table has some columns.
     *
     * @throws org.sllmr.configuration.InvalidInputException with every column that is missing, and similar names
     */
    public void require(List<String> requested) {
        ColumnNames.require(name, requested, columns);
    }

    @Override
    public void forEach(List<String> requested, Consumer<Row> visitor) {
        require(requested);
        Iterator<List<List<String>>> all = rows.apply(requested);
        for (long number = 0; all.hasNext(); number++) {
            visitor.accept(new ValuesRow(number, all.next()));
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String place(long row) {
        return places.place(row);
    }
}
