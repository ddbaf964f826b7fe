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
    /** The first columns, which every file has. */
    private static final int USER_AND_ITEM = 2;

    private final List<Table> parts;
    /** The first row of each part that has been read. */
    private final List<Long> firstRows = new ArrayList<>();

    private int required;
    private byte[] partOf = {};

    private PartedTable(List<Table> parts) {
        this.parts = parts;
    }

    /**
     * A file of several that are read as one table.
     *
     * @param part the part of its rows, such as {@link RawLabels#TEST}
     */
    record File(TableFile file, byte part) {}

    /** Files with the same columns, read in order as one table. */
    static PartedTable of(List<File> files, Optional<String> time) {
        List<Table> tables = new ArrayList<>();
        for (File one : files) {
            tables.add(Table.open(one.file(), time));
        }
        PartedTable table = new PartedTable(tables);
        table.requireOneKindOfTime(files.get(0).file().path().toString());
        return table;
    }

    /**
     * Says that files of histories need only the first of the columns, and files of candidates the first two; of the
     * others they have no values.
     */
    void requireFirst(int columns, byte[] partOfTable) {
        required = columns;
        partOf = partOfTable;
    }

    /** Which of the tables has a row that was read. */
    int tableOf(long row) {
        int part = firstRows.size() - 1;
        while (firstRows.get(part) > row) {
            part--;
        }
        return part;
    }

    private void requireOneKindOfTime(String place) {
        if (parts.stream().map(Table::knowsTimes).distinct().count() > 1) {
            throw new InvalidInputException(
                    place,
                    "has parts in which the time column is a date or timestamp, and parts in which it is not; write all alike");
        }
    }

    static PartedTable of(TableFile folder, Optional<String> time) throws IOException {
        List<Table> parts = new ArrayList<>();
        for (Path file : files(folder.path())) {
            parts.add(Table.open(folder.at(file), time));
        }
        PartedTable table = new PartedTable(parts);
        table.requireOneKindOfTime(folder.path().toString());
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
        for (int index = 0; index < parts.size(); index++) {
            long first = next[0];
            firstRows.add(first);
            boolean history = partOf.length > 0 && partOf[index] == RawLabels.HISTORY;
            boolean candidates = partOf.length > 0 && partOf[index] == RawLabels.CANDIDATE;
            List<String> own =
                    candidates ? columns.subList(0, USER_AND_ITEM) : history ? columns.subList(0, required) : columns;
            parts.get(index).forEach(own, row -> {
                next[0] = first + row.number() + 1;
                visitor.accept(new Shifted(row, first, own.size()));
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
        int part = tableOf(row);
        return parts.get(part).place(row - firstRows.get(part));
    }

    /** A row of a file; of columns from {@code columns} on it has no values. */
    private record Shifted(Row row, long first, int columns) implements Row {
        @Override
        public long number() {
            return first + row.number();
        }

        @Override
        public List<String> values(int column) {
            return column < columns ? row.values(column) : List.of();
        }

        @Override
        public List<String> elements(int column) {
            return column < columns ? row.elements(column) : List.of();
        }

        @Override
        public String text(int column) {
            return column < columns ? row.text(column) : "";
        }
    }
}
