// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.sllmr.data.Catalogue;
import org.sllmr.data.store.Contents;
import org.sllmr.preparation.FilterProblems;
import org.sllmr.preparation.UnknownItems;

/** Selects the interactions that go into a dataset, in the order and by the rules of one machine. */
final class Filters {
    private static final String COUNT = "count";
    private static final String FIRST = "first";

    private final Interactions interactions;
    private final Kept kept;
    private Dataset<Row> rows;

    Filters(Interactions interactions, Kept kept) {
        this.interactions = interactions;
        this.kept = kept;
        this.rows = interactions.rows();
    }

    Dataset<Row> rows() {
        return rows;
    }

    /** Handles interactions with items that the item table does not list. */
    void unknownItems(Catalogue catalogue, UnknownItems treatment) {
        if (treatment == UnknownItems.KEEP) {
            return;
        }
        List<String> unknown = new ArrayList<>();
        for (Row row : rows.select(Interactions.ITEM).distinct().collectAsList()) {
            String item = row.getString(0);
            if (catalogue.ids().indexOf(item) < 0) {
                unknown.add(item);
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        Dataset<Row> items =
                rows.sparkSession().createDataset(unknown, Encoders.STRING()).toDF(Interactions.ITEM);
        if (treatment == UnknownItems.DROP) {
            rows = rows.join(items, columns(Interactions.ITEM), "left_anti");
            return;
        }
        Dataset<Row> found = rows.join(items, columns(Interactions.ITEM), "left_semi");
        Row all = found.agg(count(lit(1)), min(Interactions.ROW)).head();
        Row first = row(all.getLong(1));
        throw FilterProblems.unknownItem(
                interactions.places().of(first), first.getAs(Interactions.ITEM), unknown.size(), all.getLong(0));
    }

    /** Removes rows with the same user, item, time and position as an earlier row. */
    void repeats() {
        List<String> same = List.of(Interactions.USER, Interactions.ITEM, Interactions.TIME, Interactions.POSITION);
        List<Column> rest = new ArrayList<>(List.of(col(Interactions.ROW)));
        for (String column : rows.columns()) {
            if (!same.contains(column) && !column.equals(Interactions.ROW)) {
                rest.add(col(column));
            }
        }
        String[] order = rows.columns();
        rows = rows.groupBy(same.stream().map(name -> col(name)).toArray(Column[]::new))
                .agg(min(struct(rest.toArray(Column[]::new))).as(FIRST))
                .select(Arrays.stream(order)
                        .map(name -> same.contains(name)
                                ? col(name)
                                : col(FIRST + "." + name).as(name))
                        .toArray(Column[]::new));
    }

    /** Removes users and items with fewer than {@code k} interactions, repeatedly, until all have at least {@code k}. */
    void core(int k) {
        if (k <= 1) {
            return;
        }
        while (true) {
            Dataset<Row> users = kept.keep(rare(Interactions.USER, k));
            Dataset<Row> items = kept.keep(rare(Interactions.ITEM, k));
            if (users.count() + items.count() == 0) {
                break;
            }
            Dataset<Row> left = kept.keep(rows.join(users, columns(Interactions.USER), "left_anti")
                    .join(items, columns(Interactions.ITEM), "left_anti"));
            // Counting also has all of it kept before what it came from is forgotten.
            if (left.count() == 0) {
                throw FilterProblems.emptyCore(k);
            }
            rows = left;
            kept.release(List.of(interactions.rows(), rows));
        }
    }

    private Dataset<Row> rare(String column, int k) {
        return rows.groupBy(column)
                .agg(count(lit(1)).as(COUNT))
                .filter(col(COUNT).lt(k))
                .select(column);
    }

    /** Removes users with too few interactions to split, or reports them. */
    void shortUsers(boolean drop) {
        Dataset<Row> few = kept.keep(rows.groupBy(Interactions.USER)
                .agg(count(lit(1)).as(COUNT), min(Interactions.ROW).as(FIRST))
                .filter(col(COUNT).lt(Contents.MIN_INTERACTIONS)));
        long users = few.count();
        if (users == 0) {
            return;
        }
        if (!drop) {
            Row first = few.orderBy(FIRST).head();
            throw FilterProblems.shortUser(
                    interactions.places().of(row(first.getAs(FIRST))),
                    first.getAs(Interactions.USER),
                    first.getAs(COUNT),
                    users);
        }
        rows = rows.join(few, columns(Interactions.USER), "left_anti");
        if (rows.isEmpty()) {
            throw FilterProblems.onlyShortUsers();
        }
    }

    /** The row with a number. */
    Row row(long number) {
        return interactions.rows().filter(col(Interactions.ROW).equalTo(number)).head();
    }

    static scala.collection.immutable.Seq<String> columns(String name) {
        return scala.jdk.javaapi.CollectionConverters.asScala(List.of(name)).toSeq();
    }
}
