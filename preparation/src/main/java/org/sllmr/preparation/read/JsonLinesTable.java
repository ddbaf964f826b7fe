// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.sllmr.configuration.InvalidInputException;
import tools.jackson.core.JacksonException;

/** JSON objects, one per line. */
final class JsonLinesTable implements Table {
    private static final int ROWS_BETWEEN_CHECKS = 4096;
    /** Number of lines from which column names are collected for messages and options. */
    private static final int LINES_LISTED = 100;

    private final Path path;
    private final LinePlaces places;

    JsonLinesTable(Path path) {
        this.path = path;
        this.places = new LinePlaces(path);
    }

    @Override
    public void forEach(List<String> columns, Consumer<Row> visitor) {
        JsonLine line = new JsonLine(columns);
        read(line, Long.MAX_VALUE, name -> {}, visitor);
        if (!line.sawAll()) {
            requireColumns(columns);
        }
    }

    @Override
    public List<String> columns() {
        Set<String> names = new LinkedHashSet<>();
        try {
            read(new JsonLine(List.of()), LINES_LISTED, names::add, row -> {});
        } catch (InvalidInputException e) {
            // Reading the rows reports it.
            return List.copyOf(names);
        }
        return List.copyOf(names);
    }

    @Override
    public String place(long row) {
        return places.of(row);
    }

    private void requireColumns(List<String> columns) {
        Set<String> present = new LinkedHashSet<>();
        read(new JsonLine(List.of()), Long.MAX_VALUE, present::add, row -> {});
        ColumnNames.require(
                path.toString(), columns, present.stream().limit(LINES_LISTED).toList());
    }

    private void read(JsonLine line, long most, Consumer<String> names, Consumer<Row> visitor) {
        ProblemList problems = new ProblemList(path.toString());
        try (Lines lines = new Lines(path)) {
            try {
                for (long number = 0; number < most && lines.next(); number++) {
                    if (number % ROWS_BETWEEN_CHECKS == 0
                            && Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("stopped while reading");
                    }
                    places.at(number, lines.number());
                    visit(number, lines, line, names, visitor, problems);
                }
            } catch (IOException e) {
                problems.add(TextFile.broken(path, lines.number(), e));
            }
        } catch (IOException e) {
            problems.add(TextFile.broken(path, 0, e));
        }
        problems.throwIfAny();
    }

    private void visit(
            long number,
            Lines lines,
            JsonLine line,
            Consumer<String> names,
            Consumer<Row> visitor,
            ProblemList problems) {
        List<List<String>> cells;
        try {
            cells = line.read(lines.bytes(), lines.from(), lines.length(), names);
        } catch (JsonLine.UnsuitableException e) {
            problems.add(TextFile.place(path, lines.number()), String.valueOf(e.getMessage()));
            return;
        } catch (JacksonException e) {
            if (TextFile.isText(lines.bytes(), lines.from(), lines.length())) {
                problems.add(TextFile.place(path, lines.number()), JsonLine.fault(e));
            } else {
                problems.add(TextFile.notUtf8(path, lines.number()));
            }
            return;
        }
        visitor.accept(new ValuesRow(number, cells));
    }
}
