// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;

/** Python dictionaries, one per line. */
final class PythonLinesTable implements Table {
    private static final int LINES_LISTED = 100;

    private final Path path;
    private final LinePlaces places;

    PythonLinesTable(Path path) {
        this.path = path;
        this.places = new LinePlaces(path);
    }

    @Override
    public void forEach(List<String> columns, Consumer<Row> visitor) {
        ProblemList problems = new ProblemList(path.toString());
        UnseenColumns unseen = new UnseenColumns(path.toString(), columns);
        try (Lines lines = new Lines(path)) {
            try {
                for (long number = 0; lines.next(); number++) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("stopped while reading");
                    }
                    places.at(number, lines.number());
                    Map<?, ?> entries = parse(lines, problems);
                    if (entries != null) {
                        if (!unseen.isSettled()) {
                            unseen.line(names(entries));
                        }
                        if (isFlat(entries, columns, problems, lines.number())) {
                            visitor.accept(new Entries(number, entries, columns));
                        }
                    }
                }
            } catch (IOException e) {
                problems.add(TextFile.broken(path, lines.number(), e));
            }
        } catch (IOException e) {
            throw new InvalidInputException(List.of(TextFile.broken(path, 0, e)));
        }
        problems.throwIfAny();
        unseen.requireNone();
    }

    @Override
    public List<String> columns() {
        Set<String> names = new LinkedHashSet<>();
        try (Lines lines = new Lines(path)) {
            ProblemList ignored = new ProblemList(path.toString());
            for (int number = 0; number < LINES_LISTED && lines.next(); number++) {
                Map<?, ?> entries = parse(lines, ignored);
                if (entries != null) {
                    names.addAll(names(entries));
                }
            }
        } catch (IOException e) {
            // Reading the rows reports it.
            return List.copyOf(names);
        }
        return List.copyOf(names);
    }

    @Override
    public String place(long row) {
        return places.of(row);
    }

    private @Nullable Map<?, ?> parse(Lines lines, ProblemList problems) {
        String text = lines.text();
        if (text == null) {
            problems.add(TextFile.notUtf8(path, lines.number()));
            return null;
        }
        try {
            if (PythonLiteral.parse(text) instanceof Map<?, ?> entries) {
                return entries;
            }
            problems.add(TextFile.place(path, lines.number()), "is not a Python dictionary; every line must be one");
        } catch (PythonLiteral.SyntaxException e) {
            problems.add(
                    TextFile.place(path, lines.number()),
                    "is not a Python literal: " + e.getMessage() + "; if the file is JSON, read it as JSON lines");
        }
        return null;
    }

    /** Whether no wanted value has a dictionary with entries in it. */
    private boolean isFlat(Map<?, ?> entries, List<String> columns, ProblemList problems, long line) {
        for (String column : columns) {
            if (hasDictionary(entries.get(column))) {
                problems.add(
                        TextFile.place(path, line),
                        "has a dictionary in column '" + column
                                + "'; only texts, numbers and lists of them are read: flatten it, or name another"
                                + " column");
                return false;
            }
        }
        return true;
    }

    private static boolean hasDictionary(@Nullable Object value) {
        return value instanceof List<?> elements
                ? elements.stream().anyMatch(PythonLinesTable::hasDictionary)
                : value instanceof Map<?, ?> map && !map.isEmpty();
    }

    private static List<String> names(Map<?, ?> entries) {
        List<String> names = new ArrayList<>();
        entries.keySet().forEach(key -> names.add(String.valueOf(key)));
        return names;
    }

    private record Entries(long number, Map<?, ?> entries, List<String> columns) implements Row {
        @Override
        public List<String> values(int column) {
            return ValuesRow.present(elements(column));
        }

        @Override
        public List<String> elements(int column) {
            Object value = entries.get(columns.get(column));
            List<String> values = new ArrayList<>();
            collect(value, values);
            return value instanceof List<?> ? values : ValuesRow.present(values);
        }

        private static void collect(@Nullable Object value, List<String> values) {
            if (value instanceof List<?> elements) {
                elements.forEach(element -> collect(element, values));
            } else {
                values.add(value instanceof String text ? text : "");
            }
        }
    }
}
