// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.List;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.ranking.HistoryRankingNetwork;
import org.sllmr.model.ranking.RankingNetwork;

/** Computes what {@link HistoryCatalogueScorer} needs, in one thread. */
final class HistoryCatalogueWorker {
    private final HistoryRankingNetwork.Run run;
    private final CatalogueItems items;
    private final SideRows rows;
    private final float[] fields;
    private final float[] pairs;
    private final float[] scores;

    /**
     * A user of the block under way.
     *
     * @param row index among all users
     * @param linear sum of first-order weights
     * @param state what the network computed
     * @param pairs what its pairs' floats are made of
     * @param history places of the history's items among those of the block
     */
    @SuppressWarnings("ArrayRecordComponent") // shared, never changed
    record User(int row, float linear, RankingNetwork.User state, SideRows.Pairs pairs, int[] history) {}

    HistoryCatalogueWorker(HistoryRankingNetwork.Run run, CatalogueItems items, SideRows rows) {
        this.run = run;
        this.items = items;
        this.rows = rows;
        this.fields = new float[rows.width() + Products.SLACK];
        this.pairs = new float[items.size() * rows.pairWidth() + Products.SLACK];
        this.scores = new float[items.size()];
    }

    /** Where users are looked up. */
    SideRows rows() {
        return rows;
    }

    /** A block of items. */
    CatalogueItems.Block items(int number) {
        return items.block(number, rows, run);
    }

    User user(InteractionLog log, int row, int user, int position, int[] history) {
        float linear = rows.user(log, user, position, fields);
        return new User(row, linear, run.user(fields, rows.history(), rows.historyItems()), rows.pairs(), history);
    }

    /** Computes what depends on some history items alone. */
    void historyItems(int[] numbers, int from, int to, HistoryItemValues embeddings, HistoryItemValues values) {
        int width = rows.historyWidth();
        float[] looked = new float[(to - from) * width + Products.SLACK];
        for (int place = from; place < to; place++) {
            rows.historyItem(numbers[place], looked, (place - from) * width);
        }
        embeddings.set(from, to - from, List.of(looked));
        values.set(from, to - from, run.historyItems(looked, to - from));
    }

    /** Computes what depends on some history items and on candidates. */
    void historyPairs(
            int from, int to, HistoryItemValues embeddings, HistoryCandidates candidates, HistoryPairValues values) {
        float[] history = embeddings.of(from, to).get(0);
        values.set(
                from,
                to - from,
                candidates.count(),
                run.historyPairs(history, to - from, candidates.state(), candidates.count()));
    }

    /** The scores of the items asked for. */
    float[] asked(User user, int[] wanted, HistoryItemValues embeddings, HistoryItemValues values) {
        float[] history = embeddings.of(user.history).get(0);
        List<float[]> ofHistory = values.of(user.history);
        float[] answers = new float[wanted.length];
        for (int item : wanted) {
            if (item < 0 || item >= items.count()) {
                throw new IllegalArgumentException("item " + item + " is not in the catalogue");
            }
        }
        for (int from = 0; from < wanted.length; from += items.size()) {
            int[] some = Arrays.copyOfRange(wanted, from, Math.min(wanted.length, from + items.size()));
            CatalogueItems.Block block = CatalogueItems.of(some, rows, run);
            List<float[]> together = run.historyPairs(history, user.history.length, block.state(), some.length);
            if (rows.pairWidth() > 0) {
                rows.adopted(user.pairs).write(some, pairs);
            }
            score(user, block, ofHistory, together);
            System.arraycopy(scores, 0, answers, from, some.length);
        }
        return answers;
    }

    /**
     * The scores of a block of items.
     *
     * @param first place of the block's first item among the candidates of the values
     * @return one an item; valid until the next call
     */
    float[] scores(
            User user, CatalogueItems.Block block, int first, HistoryItemValues values, HistoryPairValues together) {
        if (rows.pairWidth() > 0) {
            rows.adopted(user.pairs).write(block.first(), block.count(), pairs);
        }
        score(user, block, values.of(user.history), together.of(user.history, first, block.count()));
        return scores;
    }

    private void score(
            User user, CatalogueItems.Block block, List<float[]> ofHistoryItems, List<float[]> ofHistoryPairs) {
        run.logits(user.state, block.state(), ofHistoryItems, ofHistoryPairs, pairs, block.count(), scores);
        float[] linear = block.linear();
        for (int i = 0; i < linear.length; i++) {
            scores[i] += user.linear + linear[i];
        }
    }
}
