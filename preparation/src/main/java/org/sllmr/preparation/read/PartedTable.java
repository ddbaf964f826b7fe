// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;

/** A folder of files that form one table, as Spark and others write it; files are read in the order of their names. */
final class PartedTable implements Table {
    private final List<Table> parts;
    /** The first row of each part that has been read. */
    private final List<Long> firstRows = new ArrayList<>();

    private PartedTable(List<Table> parts) {
        this.parts = parts;
    }

    static PartedTable of(TableFile folder, Optional<String> time) throws IOException {
        List<Table> parts = new ArrayList<>();
        for (Path file : files(folder.path())) {
            parts.add(Table.open(folder.at(file), time));
        }
        PartedTable table = new PartedTable(parts);
        if (parts.stream().map(Table::knowsTimes).distinct().count() > 1) {
            throw new InvalidInputException(
                    folder.path().toString(),
                    "has parts in which the time column is a date or timestamp, and parts in which it is not; write all alike");
        }
        return table;
    }

    /** The files of a folder in the order of their names, without completion markers and checksums. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> entries;
        try (Stream<Path> stream = Files.list(folder)) {
            entries = stream.filter(entry -> !isMark(entry)).sorted().toList();
        }
        for (Path entry : entries) {
            if (!Files.isRegularFile(entry)) {
                throw new UnreadableException("contains the folder '" + entry.getFileName()
                        + "'; a table is one file, or one folder of files (partitioned writers put a column's values into"
                        + " folder names, which are not read)");
            }
        }
        TreeSet<String> kinds = new TreeSet<>();
        entries.forEach(entry -> kinds.add(extensions(entry)));
        if (kinds.isEmpty()) {
            throw new UnreadableException("is a folder without files; check the path");
        } else if (kinds.size() > 1) {
            throw new UnreadableException("is a folder of files of different kinds (" + String.join(", ", kinds)
                    + "); name one file, or keep only the parts of one table in it");
        }
        return entries;
    }

    private static boolean isMark(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith(".") || name.startsWith("_");
    }

    private static String extensions(Path entry) {
        String name = entry.getFileName().toString();
        String last = Compression.extension(name);
        return Compression.named(last) == Compression.NONE
                ? last
                : Compression.extension(name.substring(0, name.length() - last.length() - 1)) + "." + last;
    }

    @Override
    public void forEach(List<String> columns, Consumer<Row> visitor) {
        firstRows.clear();
        long[] next = {0};
        for (Table part : parts) {
            long first = next[0];
            firstRows.add(first);
            part.forEach(columns, row -> {
                next[0] = first + row.number() + 1;
                visitor.accept(new Shifted(row, first));
            });
        }
    }

    @Override
    public List<String> columns() {
        return parts.get(0).columns();
    }

    @Override
    public boolean knowsTimes() {
        return parts.get(0).knowsTimes();
    }

    @Override
    public List<String> notes() {
        return parts.stream().flatMap(part -> part.notes().stream()).toList();
    }

    @Override
    public String place(long row) {
        int part = firstRows.size() - 1;
        while (firstRows.get(part) > row) {
            part--;
        }
        return parts.get(part).place(row - firstRows.get(part));
    }

    private record Shifted(Row row, long first) implements Row {
        @Override
        public long number() {
            return first + row.number();
        }

        @Override
        public List<String> values(int column) {
            return row.values(column);
        }

        @Override
        public String text(int column) {
            return row.text(column);
        }
    }
}
