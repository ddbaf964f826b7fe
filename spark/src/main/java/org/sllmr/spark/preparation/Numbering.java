// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.Vocabulary;
import org.sllmr.preparation.ItemNumbering;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.preparation.read.RawItems;

/**
 * Numbers users and items in the order of their first kept rows, and divides users into pieces of a dataset.
 *
 * @param users with the columns user, userNumber and piece, in the order of the dataset
 * @param items the items of the dataset
 * @param rows the kept rows with userNumber, itemNumber and piece, without the item
 * @param pieces number of pieces
 */
record Numbering(Dataset<Row> users, ItemNumbering items, Dataset<Row> rows, int pieces) {
    static final String USER_NUMBER = "userNumber";
    static final String ITEM_NUMBER = "itemNumber";
    static final String PIECE = "piece";
    private static final String FIRST = "first";
    private static final String COUNT = "count";

    /**
     * Numbers users and items.
     *
     * @param rows the kept rows
     * @param partitions number of partitions of what is sorted
     * @param listed the item table
     * @param pieceRows rows of a piece; only the last user of a piece has further ones
     */
    static Numbering of(
            Dataset<Row> rows,
            int partitions,
            Optional<RawItems> listed,
            SplitSettings settings,
            int pieceRows,
            Kept kept) {
        Dataset<Row> firsts = kept.keep(rows.groupBy(Interactions.ITEM)
                .agg(min(Interactions.ROW).as(FIRST))
                .orderBy(FIRST));
        List<String> ids = new ArrayList<>();
        for (Row first : firsts.collectAsList()) {
            ids.add(first.getAs(Interactions.ITEM));
        }
        int[] all = new int[ids.size()];
        for (int item = 0; item < all.length; item++) {
            all[item] = item;
        }
        ItemNumbering items = ItemNumbering.of(new Vocabulary(ids), all, listed, settings);
        Dataset<Row> itemNumbers = itemNumbers(firsts, items.numberOf());
        Dataset<Row> byUser = kept.keep(rows.groupBy(Interactions.USER)
                .agg(min(Interactions.ROW).as(FIRST), count(lit(1)).as(COUNT))
                .repartitionByRange(partitions, col(FIRST))
                .sortWithinPartitions(FIRST));
        List<Long> users = new ArrayList<>();
        List<Long> before = new ArrayList<>();
        before(byUser, users, before);
        long count = before.get(before.size() - 1);
        ArraySize.of(count, "interactions", "interactions", "take fewer users or a shorter period");
        Dataset<Row> userNumbers = kept.keep(userNumbers(byUser, users, before, pieceRows));
        Dataset<Row> numbered = rows.join(itemNumbers, Filters.columns(Interactions.ITEM))
                .drop(Interactions.ITEM)
                .join(userNumbers, Filters.columns(Interactions.USER));
        return new Numbering(userNumbers, items, numbered, (int) ((count - 1) / pieceRows) + 1);
    }

    private static Dataset<Row> itemNumbers(Dataset<Row> firsts, int[] numberOf) {
        Broadcast<int[]> numbers = firsts.sparkSession()
                .sparkContext()
                .broadcast(numberOf, scala.reflect.ClassTag$.MODULE$.apply(int[].class));
        JavaRDD<Row> numbered = firsts.javaRDD()
                .zipWithIndex()
                .map(pair -> RowFactory.create(
                        pair._1().getAs(Interactions.ITEM), numbers.value()[Math.toIntExact(pair._2())]));
        return firsts.sparkSession()
                .createDataFrame(
                        numbered,
                        new StructType()
                                .add(Interactions.ITEM, DataTypes.StringType)
                                .add(ITEM_NUMBER, DataTypes.IntegerType));
    }

    /** How many users and rows come before each partition, and at the end their number. */
    private static void before(Dataset<Row> byUser, List<Long> users, List<Long> rows) {
        List<long[]> sums = byUser.select(COUNT)
                .javaRDD()
                .mapPartitions(counts -> {
                    long[] sum = new long[2];
                    while (counts.hasNext()) {
                        sum[0]++;
                        sum[1] += counts.next().getLong(0);
                    }
                    return List.of(sum).iterator();
                })
                .collect();
        users.add(0L);
        rows.add(0L);
        for (int partition = 0; partition < sums.size(); partition++) {
            users.add(users.get(partition) + sums.get(partition)[0]);
            rows.add(rows.get(partition) + sums.get(partition)[1]);
        }
    }

    private static Dataset<Row> userNumbers(Dataset<Row> byUser, List<Long> users, List<Long> rows, int pieceRows) {
        JavaRDD<Row> numbered = byUser.select(col(Interactions.USER), col(COUNT))
                .javaRDD()
                .mapPartitionsWithIndex(
                        (partition, each) -> new Iterator<Row>() {
                            private long user = users.get(partition);
                            private long row = rows.get(partition);

                            @Override
                            public boolean hasNext() {
                                return each.hasNext();
                            }

                            @Override
                            public Row next() {
                                Row one = each.next();
                                int piece = (int) (row / pieceRows);
                                row += one.getLong(1);
                                return RowFactory.create(one.get(0), (int) user++, piece);
                            }
                        },
                        true);
        return byUser.sparkSession()
                .createDataFrame(
                        numbered,
                        new StructType()
                                .add(Interactions.USER, DataTypes.StringType)
                                .add(USER_NUMBER, DataTypes.IntegerType)
                                .add(PIECE, DataTypes.IntegerType));
    }
}
