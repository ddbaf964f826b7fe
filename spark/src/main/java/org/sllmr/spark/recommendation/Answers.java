// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.recommendation;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.spark.bundle.SentBundle;

/** Answers row by row, when Spark asks for the next one: nothing is collected, and a task that is stopped stops soon. */
abstract class Answers implements MapPartitionsFunction<Row, Row> {
    private final SentBundle<Recommender> bundle;

    Answers(SentBundle<Recommender> bundle) {
        this.bundle = bundle;
    }

    /** The answers to rows, in their order. */
    abstract Stream<Row> answers(Recommender recommender, Stream<Row> rows);

    @Override
    public final Iterator<Row> call(Iterator<Row> rows) {
        Stream<Row> stream =
                StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
        return answers(bundle.opened(), stream).iterator();
    }

    /** Items with their scores, the best first. */
    static Row[] rated(Recommendations answer) {
        return answer.items().stream()
                .map(item -> RowFactory.create(item.item(), item.score()))
                .toArray(Row[]::new);
    }
}
