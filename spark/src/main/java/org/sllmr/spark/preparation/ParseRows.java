// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sllmr.preparation.read.InteractionParser;
import org.sllmr.preparation.read.InteractionSource;

/** Reads interactions from the rows of a table, with what is wrong with each. */
record ParseRows(String settings, boolean instants, boolean files, TableSource.FileOrder order, int orderColumns)
        implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        InteractionSource source = Settings.read(settings).sources().interactions();
        InteractionParser parser = new InteractionParser(source, instants);
        List<String> columns = parser.columns();
        int time = instants ? columns.indexOf(source.time().orElseThrow()) : -1;
        TableSource.Numbers numbers = order.numbers(columns.size());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                Row row = rows.next();
                return parsed(row, files ? numbers.of(row) : 0, parser, columns.size(), time, source);
            }
        };
    }

    private Row parsed(Row row, long place, InteractionParser parser, int columns, int time, InteractionSource source) {
        List<List<String>> cells = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
            cells.add(column == time ? Cells.seconds(row.get(column)) : Cells.of(row.get(column)));
        }
        List<String> problems = new ArrayList<>();
        Consumer<String> report = problems::add;
        InteractionParser.Interaction read = parser.parse(cells, report);
        List<Object> values = new ArrayList<>();
        values.add(read.user());
        values.add(read.item());
        values.add(read.time());
        values.add(read.position());
        values.add(place);
        values.add(null);
        if (!source.fields().isEmpty()) {
            values.add(read.context().stream().map(List::toArray).toArray());
        }
        if (!source.numbers().isEmpty()) {
            float[] numbers = parser.numbers(cells, report);
            Float[] boxed = new Float[numbers.length];
            for (int number = 0; number < boxed.length; number++) {
                boxed[number] = numbers[number];
            }
            values.add(boxed);
        }
        for (int at = 0; at < orderColumns; at++) {
            values.add(row.getAs("o" + at));
        }
        values.set(5, problems.isEmpty() ? null : problems.toArray());
        return RowFactory.create(values.toArray());
    }
}
