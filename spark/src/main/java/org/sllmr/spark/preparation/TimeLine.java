// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sllmr.data.InteractionLog;
import org.sllmr.preparation.PartSettings;
import org.sllmr.preparation.TimeBounds;
import org.sllmr.preparation.read.RawLabels;

/** Finds where the parts of the time line begin. */
final class TimeLine {
    private TimeLine() {}

    /**
     * The bounds.
     *
     * @param rows the kept rows
     * @throws org.sllmr.configuration.InvalidInputException if a row has no time, or a part would have no rows
     */
    static TimeBounds bounds(Dataset<Row> rows, PartSettings settings, Interactions.Places places) {
        Dataset<Row> timeless = rows.filter(col(Interactions.TIME).equalTo(InteractionLog.NO_TIME));
        if (!timeless.isEmpty()) {
            throw TimeBounds.noTime(places.of(timeless.orderBy(Interactions.ROW).head()));
        }
        TimeBounds bounds = TimeBounds.of(settings, rows.count(), place -> at(rows, place));
        Row all = rows.agg(
                        count(lit(1)),
                        sum(when(col(Interactions.TIME).geq(bounds.testFrom()), 1L)
                                .otherwise(0L)),
                        sum(when(col(Interactions.TIME).geq(bounds.validationFrom()), 1L)
                                .otherwise(0L)),
                        min(Interactions.TIME),
                        max(Interactions.TIME))
                .head();
        long[] counts = new long[RawLabels.TEST + 1];
        counts[RawLabels.TEST] = all.getLong(1);
        counts[RawLabels.VALIDATION] = all.getLong(2) - all.getLong(1);
        counts[RawLabels.TRAINING] = all.getLong(0) - all.getLong(2);
        bounds.requireRows(counts, all.getLong(3), all.getLong(4));
        return bounds;
    }

    /** The time at a place of all times in order. */
    private static long at(Dataset<Row> rows, long place) {
        return rows.select(Interactions.TIME)
                .orderBy(Interactions.TIME)
                .javaRDD()
                .zipWithIndex()
                .filter(pair -> pair._2() == place)
                .first()
                ._1()
                .getLong(0);
    }
}
