// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.preparation.read.Places;
import org.sllmr.preparation.read.SuppliedTable;

/**
 * A table of interactions, items or users, and the order of its rows, which settles the numbers of users and items and the
 * order of interactions of one time.
 *
 * <p>Rows of files have the order in which the files hold them, as when one machine reads them. Those of any other DataFrame
 * have none; they are sorted by the columns that are named, and rows that are equal there by all columns that are read. So
 * neither shuffles nor the number of partitions changes what is made of them.
 */
public final class TableSource {
    /** Bits for the place of a row within its file, or the part of a file that one task reads. */
    private static final int WITHIN = 33;

    private static final String FILE = "sllmr file";
    private static final String BLOCK = "sllmr block";
    private static final String INDEX = "sllmr index";

    private final String name;
    private final Dataset<Row> rows;
    private final boolean files;
    private final boolean numbered;
    private final List<String> order;

    private TableSource(String name, Dataset<Row> rows, boolean files, boolean numbered, List<String> order) {
        this.name = name;
        this.rows = rows;
        this.files = files;
        this.numbered = numbered;
        this.order = List.copyOf(order);
    }

    /**
     * Files, with their rows in the order in which they are stored.
     *
     * @param format a format of Spark that reads files, such as {@code parquet} or {@code csv}
     * @param options options of the format
     * @param path a file, a folder or a pattern
     * @param columns the columns of files that do not name them; empty otherwise
     */
    public static TableSource files(
            SparkSession session, String format, Map<String, String> options, String path, StructType columns) {
        Dataset<Row> rows = read(session, format, options, columns).load(path);
        return new TableSource(path, rows, true, format.equalsIgnoreCase("parquet"), List.of());
    }

    /** A reader of a format, which is told the columns unless there are none. */
    public static DataFrameReader read(
            SparkSession session, String format, Map<String, String> options, StructType columns) {
        DataFrameReader reader = session.read().format(format).options(options);
        return columns.isEmpty() ? reader : reader.schema(columns);
    }

    /**
     * Any DataFrame.
     *
     * @param name what messages call it
     * @param order columns that the rows are sorted by; none for all that are read, times first
     */
    public static TableSource of(String name, Dataset<Row> rows, List<String> order) {
        return new TableSource(name, rows, false, false, order);
    }

    String name() {
        return name;
    }

    boolean isOfFiles() {
        return files;
    }

    /** Columns that the rows are sorted by. */
    List<String> order() {
        return order;
    }

    StructType schema() {
        return rows.schema();
    }

    List<String> columns() {
        return Arrays.asList(rows.columns());
    }

    /**
     * Requires columns of a kind that is read.
     *
     * @throws InvalidInputException with every column that is missing or of another type
     */
    void require(List<String> wanted) {
        List<String> all = Stream.concat(wanted.stream(), order.stream()).toList();
        new SuppliedTable(
                        name,
                        columns(),
                        requested -> List.<List<List<String>>>of().iterator(),
                        row -> name)
                .require(all);
        List<Problem> problems = new ArrayList<>();
        for (String column : new LinkedHashSet<>(all)) {
            if (columns().indexOf(column) != columns().lastIndexOf(column)) {
                problems.add(new Problem(name, "has two columns '" + column + "'; rename one"));
            } else if (!Cells.readable(schema().apply(column).dataType())) {
                problems.add(
                        new Problem(
                                name,
                                "column '" + column + "' is of type "
                                        + schema().apply(column).dataType().simpleString()
                                        + "; only texts, numbers and lists of them are read: flatten it, or name another column"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** A column of the rows, whatever characters its name has. */
    static Column column(String name) {
        return col("`" + name.replace("`", "``") + "`");
    }

    /**
     * Some columns, under the names {@code c0}, {@code c1} and so on, with what tells the order of rows:
     * of files, or {@code o0}, {@code o1} and so on.
     *
     * @param wanted columns; one may be wanted twice
     */
    Dataset<Row> select(List<String> wanted) {
        List<Column> columns = new ArrayList<>();
        for (int at = 0; at < wanted.size(); at++) {
            columns.add(column(wanted.get(at)).as("c" + at));
        }
        if (files) {
            columns.add(col("_metadata.file_path").as(FILE));
            columns.add((numbered ? lit(0L) : col("_metadata.file_block_start")).as(BLOCK));
            columns.add((numbered
                            ? col("_metadata.row_index")
                            : monotonically_increasing_id().bitwiseAND((1L << WITHIN) - 1))
                    .as(INDEX));
        }
        for (int at = 0; at < order.size(); at++) {
            columns.add(column(order.get(at)).as("o" + at));
        }
        return rows.select(columns.toArray(Column[]::new));
    }

    /** Where the parts of files begin; empty for rows that are not of files. */
    FileOrder fileOrder() {
        if (!files) {
            return new FileOrder(new HashMap<>(), new String[0]);
        }
        Set<List<Object>> found = new LinkedHashSet<>();
        for (Row row : select(List.of())
                .select(col("`" + FILE + "`"), col("`" + BLOCK + "`"))
                .distinct()
                .collectAsList()) {
            found.add(List.of(row.getString(0), row.getLong(1)));
        }
        List<List<Object>> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing((List<Object> one) -> path((String) one.get(0)))
                .thenComparing(one -> (Long) one.get(1)));
        HashMap<String, Long> ordinals = new HashMap<>();
        String[] paths = new String[sorted.size()];
        for (int ordinal = 0; ordinal < paths.length; ordinal++) {
            List<Object> one = sorted.get(ordinal);
            ordinals.put(key((String) one.get(0), (Long) one.get(1)), (long) ordinal);
            paths[ordinal] = path((String) one.get(0));
        }
        return new FileOrder(ordinals, paths);
    }

    /** The place of a row that {@link Numbers} numbered. */
    String place(FileOrder order, long row) {
        int ordinal = (int) (row >>> WITHIN);
        if (!files || ordinal >= order.paths().length) {
            return name;
        }
        return order.paths()[ordinal] + (numbered ? ", row " + ((row & ((1L << WITHIN) - 1)) + 1) : "");
    }

    private static String key(String file, long block) {
        return block + " " + file;
    }

    private static String path(String uri) {
        try {
            URI parsed = URI.create(uri);
            return "file".equals(parsed.getScheme()) ? parsed.getPath() : uri;
        } catch (IllegalArgumentException e) {
            return uri;
        }
    }

    /**
     * The order of the parts of files.
     *
     * @param ordinals place of each part, by file and first byte
     * @param paths the file of each part
     */
    record FileOrder(HashMap<String, Long> ordinals, String[] paths) implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        /** Numbers rows of tasks, which read one part of a file after the other. */
        Numbers numbers(int fileAt) {
            return new Numbers(this, fileAt);
        }
    }

    /** Gives rows numbers that rise in the order of the files and within them. */
    static final class Numbers {
        private final FileOrder order;
        private final int fileAt;
        private String file = "";
        private long block = -1;
        private long first;

        private Numbers(FileOrder order, int fileAt) {
            this.order = order;
            this.fileAt = fileAt;
        }

        /** The number of a row, whose file, part and place in it begin at the column {@code fileAt}. */
        long of(Row row) {
            if (row.getLong(fileAt + 1) != block || !row.getString(fileAt).equals(file)) {
                file = row.getString(fileAt);
                block = row.getLong(fileAt + 1);
                Long ordinal = order.ordinals().get(key(file, block));
                if (ordinal == null) {
                    throw new IllegalStateException("a file appeared while files were read: " + file);
                }
                first = ordinal << WITHIN;
            }
            return first | row.getLong(fileAt + 2);
        }
    }

    /** The rows in their order, all in this process: for items and users. */
    SuppliedTable inOrder() {
        FileOrder fileOrder = fileOrder();
        List<Long> numbers = new ArrayList<>();
        Places places = row -> files ? place(fileOrder, numbers.get((int) row)) : name + ", row " + (row + 1);
        return new SuppliedTable(
                name,
                columns(),
                wanted -> {
                    require(wanted);
                    Dataset<Row> selected = select(wanted);
                    Iterator<Row> sorted = (files ? selected : selected.orderBy(keys(wanted))).toLocalIterator();
                    return files ? byNumber(sorted, fileOrder, wanted.size(), numbers) : cells(sorted, wanted.size());
                },
                places);
    }

    /** What the selected rows are sorted by. */
    private Column[] keys(List<String> wanted) {
        List<Column> keys = new ArrayList<>();
        for (int at = 0; at < order.size(); at++) {
            keys.add(col("o" + at));
        }
        for (int at = 0; at < wanted.size(); at++) {
            keys.add(col("c" + at));
        }
        return keys.toArray(Column[]::new);
    }

    /** Tasks read files in any order, so their rows are sorted here, where all of them will be anyway. */
    private static Iterator<List<List<String>>> byNumber(
            Iterator<Row> rows, FileOrder order, int columns, List<Long> numbers) {
        record Numbered(long number, List<List<String>> cells) {}
        List<Numbered> all = new ArrayList<>();
        Numbers of = order.numbers(columns);
        while (rows.hasNext()) {
            Row row = rows.next();
            all.add(new Numbered(of.of(row), cells(row, columns)));
        }
        all.sort(Comparator.comparingLong(Numbered::number));
        numbers.clear();
        all.forEach(one -> numbers.add(one.number()));
        return all.stream().map(Numbered::cells).iterator();
    }

    private static Iterator<List<List<String>>> cells(Iterator<Row> rows, int columns) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public List<List<String>> next() {
                return cells(rows.next(), columns);
            }
        };
    }

    private static List<List<String>> cells(Row row, int columns) {
        List<List<String>> cells = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
            cells.add(Cells.of(row.get(column)));
        }
        return cells;
    }
}
