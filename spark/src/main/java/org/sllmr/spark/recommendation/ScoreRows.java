// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.recommendation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.spark.bundle.SentBundle;

/**
 * Appends a score to each row. Rows of one user and history that follow each other are scored together, because what is of
 * the user is then computed once.
 */
public final class ScoreRows implements MapPartitionsFunction<Row, Row> {
    /** Most rows that are scored together. */
    private static final int MOST = 1024;

    private final SentBundle<Recommender> bundle;
    private final int user;
    private final int item;
    private final int history;

    /**
     * Scores rows.
     *
     * @param user index of the column of users' ids
     * @param item index of the column of items' ids
     * @param history index of the column of histories, or -1
     */
    public ScoreRows(SentBundle<Recommender> bundle, int user, int item, int history) {
        this.bundle = bundle;
        this.user = user;
        this.item = item;
        this.history = history;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Scored(bundle.opened(), rows);
    }

    private Asker asker(Row row) {
        return Asker.of(row, user, history);
    }

    private final class Scored implements Iterator<Row> {
        private final Recommender recommender;
        private final Iterator<Row> rows;
        private final Deque<Row> ready = new ArrayDeque<>();
        private @Nullable Row next;

        Scored(Recommender recommender, Iterator<Row> rows) {
            this.recommender = recommender;
            this.rows = rows;
            this.next = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            return !ready.isEmpty() || next != null;
        }

        @Override
        public Row next() {
            if (ready.isEmpty()) {
                score();
            }
            return ready.remove();
        }

        private void score() {
            Row first = next;
            if (first == null) {
                throw new NoSuchElementException();
            }
            Asker asker = asker(first);
            List<Row> group = new ArrayList<>();
            while (next != null && group.size() < MOST && Objects.equals(asker(next), asker)) {
                group.add(next);
                next = rows.hasNext() ? rows.next() : null;
            }
            Map<String, Float> scores = scores(asker, group);
            for (Row row : group) {
                Object[] values = Arrays.copyOf(values(row), row.size() + 1);
                String id = Asker.text(row, item);
                values[row.size()] = id == null ? Float.NaN : scores.getOrDefault(id, Float.NaN);
                ready.add(RowFactory.create(values));
            }
        }

        /** Scores of the items that the catalogue has; none of a user of whom nothing is known. */
        private Map<String, Float> scores(Asker asker, List<Row> group) {
            Map<String, Float> scores = new HashMap<>();
            List<String> items = group.stream()
                    .map(row -> Asker.text(row, item))
                    .filter(id -> id != null && recommender.catalogue().ids().indexOf(id) >= 0)
                    .map(String::valueOf)
                    .distinct()
                    .toList();
            if (asker.isKnown(recommender) && !items.isEmpty()) {
                for (Recommendations.Item scored :
                        recommender.score(asker.request().withCandidates(items)).items()) {
                    scores.put(scored.item(), scored.score());
                }
            }
            return scores;
        }
    }

    private static Object[] values(Row row) {
        Object[] values = new Object[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return values;
    }
}
