// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.recommendation;

import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sllmr.bundle.Recommender;
import org.sllmr.spark.bundle.SentBundle;

/** The items that are most like the item of each row; those that the catalogue does not have are left out. */
public final class SimilarRows extends Answers {
    private final int k;

    /** Finds so many items for each. */
    public SimilarRows(SentBundle<Recommender> bundle, int k) {
        super(bundle);
        this.k = k;
    }

    @Override
    Stream<Row> answers(Recommender recommender, Stream<Row> rows) {
        return rows.filter(row -> !row.isNullAt(0))
                .map(row -> row.getString(0))
                .filter(item -> recommender.catalogue().ids().indexOf(item) >= 0)
                .map(item -> RowFactory.create(item, rated(recommender.similar(item, k))));
    }
}
