// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionParser;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ProblemList;

/**
 * Interactions that were read and numbered in their order.
 *
 * @param rows with the columns user, item, time, position, row, and context and numbers where there are any; kept by Spark
 * @param total number of rows
 * @param places the place of a row in the source
 */
record Interactions(Dataset<Row> rows, long total, Places places) {
    static final String USER = "user";
    static final String ITEM = "item";
    static final String TIME = "time";
    static final String POSITION = "position";
    static final String ROW = "row";
    static final String CONTEXT = "context";
    static final String NUMBERS = "numbers";
    private static final String PROBLEMS = "problems";
    private static final int SHOWN = 10;
    private static final int ROWS_OF_A_TASK = 1 << 18;

    /** The place of a row in the source, for messages. */
    interface Places {
        String of(Row row);
    }

    /**
     * Reads and checks the interactions.
     *
     * @throws InvalidInputException with every row that has an error, as when one machine reads them
     */
    static Interactions read(TableSource source, PreparationSettings settings, Kept kept) {
        InteractionSource columns = settings.sources().interactions();
        boolean instants = columns.time()
                .filter(time -> source.columns().contains(time)
                        && Cells.isInstant(source.schema().apply(time).dataType()))
                .isPresent();
        InteractionParser parser = new InteractionParser(columns, instants);
        source.require(parser.columns());
        TableSource.FileOrder order = source.fileOrder();
        Dataset<Row> selected = source.select(parser.columns());
        StructType type = type(columns, source, selected.schema());
        Dataset<Row> parsed = selected.mapPartitions(
                new ParseRows(
                        Settings.write(settings),
                        instants,
                        source.isOfFiles(),
                        order,
                        source.order().size()),
                Encoders.row(type));
        Dataset<Row> rows = kept.keep(
                source.isOfFiles() ? parsed : numbered(parsed, source.order().size(), columns));
        Places places = row -> source.isOfFiles()
                ? source.place(order, row.getAs(ROW))
                : source.name() + ", user '" + row.getAs(USER) + "', item '" + row.getAs(ITEM) + "'";
        long total = check(rows, parser, source.name(), places);
        return new Interactions(rows.drop(PROBLEMS), total, places);
    }

    /** Number of partitions of a table of users or items, sorted: fewer than Spark's own for small data. */
    int partitions() {
        return (int)
                Math.min(rows.sparkSession().sessionState().conf().numShufflePartitions(), total / ROWS_OF_A_TASK + 1);
    }

    private static StructType type(InteractionSource columns, TableSource source, StructType selected) {
        List<StructField> fields = new ArrayList<>();
        fields.add(field(USER, DataTypes.StringType));
        fields.add(field(ITEM, DataTypes.StringType));
        fields.add(field(TIME, DataTypes.LongType));
        fields.add(field(POSITION, DataTypes.LongType));
        fields.add(field(ROW, DataTypes.LongType));
        fields.add(field(PROBLEMS, DataTypes.createArrayType(DataTypes.StringType)));
        if (!columns.fields().isEmpty()) {
            fields.add(field(CONTEXT, DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.StringType))));
        }
        if (!columns.numbers().isEmpty()) {
            fields.add(field(NUMBERS, DataTypes.createArrayType(DataTypes.FloatType)));
        }
        for (int at = 0; at < source.order().size(); at++) {
            fields.add(field("o" + at, selected.apply("o" + at).dataType()));
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    private static StructField field(String name, org.apache.spark.sql.types.DataType type) {
        return new StructField(name, type, true, Metadata.empty());
    }

    /** Rows without an order of their own, sorted by all that they hold and numbered. */
    private static Dataset<Row> numbered(Dataset<Row> parsed, int ordered, InteractionSource columns) {
        List<Column> keys = new ArrayList<>();
        for (int at = 0; at < ordered; at++) {
            keys.add(col("o" + at));
        }
        for (String name : List.of(TIME, POSITION, USER, ITEM)) {
            keys.add(col(name));
        }
        if (!columns.fields().isEmpty()) {
            keys.add(col(CONTEXT));
        }
        if (!columns.numbers().isEmpty()) {
            keys.add(col(NUMBERS));
        }
        keys.add(col(PROBLEMS));
        Dataset<Row> sorted = parsed.orderBy(keys.toArray(Column[]::new));
        for (int at = 0; at < ordered; at++) {
            sorted = sorted.drop("o" + at);
        }
        int rowAt = sorted.schema().fieldIndex(ROW);
        return sorted.sparkSession()
                .createDataFrame(
                        sorted.javaRDD().zipWithIndex().map(pair -> withNumber(pair._1(), rowAt, pair._2())),
                        sorted.schema());
    }

    private static Row withNumber(Row row, int at, long number) {
        Object[] values = new Object[row.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = column == at ? (Object) number : row.get(column);
        }
        return RowFactory.create(values);
    }

    /** The number of rows. */
    private static long check(Dataset<Row> rows, InteractionParser parser, String name, Places places) {
        Column known = when(col(TIME).notEqual(InteractionLog.NO_TIME), col(TIME));
        Row all = rows.agg(
                        count(lit(1)),
                        sum(when(col(PROBLEMS).isNotNull(), size(col(PROBLEMS))).otherwise(0)),
                        min(known),
                        max(known))
                .head();
        if (all.getLong(0) == 0) {
            throw new InvalidInputException(name, "has no rows; check how it was made or copied");
        }
        long count = all.getLong(1);
        if (count > 0) {
            ProblemList problems = new ProblemList(name);
            for (Row row : rows.filter(col(PROBLEMS).isNotNull())
                    .orderBy(ROW)
                    .limit(SHOWN)
                    .collectAsList()) {
                for (Object what : row.<Object>getList(row.fieldIndex(PROBLEMS))) {
                    problems.add(places.of(row), (String) what);
                    count--;
                }
            }
            for (; count > 0; count--) {
                problems.addUnshown();
            }
            problems.throwIfAny();
        }
        String fault = all.isNullAt(2) ? "" : parser.fault(all.getLong(2), all.getLong(3));
        if (!fault.isEmpty()) {
            throw new InvalidInputException(name, fault);
        }
        return all.getLong(0);
    }

    /** Names of the context fields. */
    static List<String> contextFields(PreparationSettings settings) {
        return settings.sources().interactions().fields().stream()
                .map(FieldSettings::name)
                .toList();
    }
}
