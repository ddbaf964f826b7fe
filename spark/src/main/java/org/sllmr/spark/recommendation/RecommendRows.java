// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.recommendation;

import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.RequestRules;
import org.sllmr.spark.bundle.SentBundle;

/** Recommends to the user of each row: its id and, where there is a second column, its history, the oldest item first. */
public final class RecommendRows extends Answers {
    private final RequestRules rules;

    /** Recommends under rules. */
    public RecommendRows(SentBundle<Recommender> bundle, RequestRules rules) {
        super(bundle);
        this.rules = rules;
    }

    @Override
    Stream<Row> answers(Recommender recommender, Stream<Row> rows) {
        return rows.map(row -> Asker.of(row, 0, row.size() > 1 ? 1 : -1))
                .map(asker -> RowFactory.create(asker.user(), rated(recommender.recommend(rules.of(asker.request())))));
    }
}
