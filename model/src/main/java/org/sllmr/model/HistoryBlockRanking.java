// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.sllmr.model.ranking.HistoryRankingNetwork;

/** Scores one block of users with all items: the steps, each of which the threads share. */
final class HistoryBlockRanking {
    /** History items of a piece of work: as many as the histories of users have, for which the network's passes are made. */
    private static final int HISTORY_ITEMS = 8;

    private final CatalogueRequest request;
    private final HistoryBlock block;
    private final HistoryThreads threads;
    private final CatalogueItems items;
    private final int blocksTogether;
    private final int usersTogether;
    private final HistoryCatalogueWorker.User[] users;
    private final HistoryItemValues embeddings;
    private final HistoryItemValues values;
    private final HistoryPairValues pairs;

    /**
     * Takes memory for the block.
     *
     * @param blocksTogether blocks of items that history items are compared with at once
     * @param usersTogether users that take turns on a block of items
     */
    HistoryBlockRanking(
            CatalogueRequest request,
            HistoryBlock block,
            HistoryThreads threads,
            HistoryRankingNetwork network,
            CatalogueItems items,
            int blocksTogether,
            int usersTogether) {
        this.request = request;
        this.block = block;
        this.threads = threads;
        this.items = items;
        this.blocksTogether = blocksTogether;
        this.usersTogether = usersTogether;
        int historyItems = block.items().length;
        this.users = new HistoryCatalogueWorker.User[block.users()];
        int width = threads.workers().get(0).rows().historyWidth();
        this.embeddings = new HistoryItemValues(historyItems, List.of(width));
        this.values = new HistoryItemValues(historyItems, network.historyItemFloats());
        this.pairs = new HistoryPairValues(historyItems, blocksTogether * items.size(), network.historyPairFloats());
    }

    /** Scores the users, and tells from time to time how many scores were made. */
    void score(LongConsumer scored) throws InterruptedException {
        threads.share(
                block.items().length,
                HISTORY_ITEMS,
                (worker, from, to) -> worker.historyItems(block.items(), from, to, embeddings, values));
        threads.share(users.length, usersTogether, this::lookUp);
        for (int first = 0; first < items.blocks(); first += blocksTogether) {
            score(first, Math.min(items.blocks(), first + blocksTogether), scored);
        }
    }

    private void lookUp(HistoryCatalogueWorker worker, int from, int to) {
        for (int i = from; i < to; i++) {
            int row = block.from() + i;
            HistoryCatalogueWorker.User user = worker.user(
                    request.log(), row, request.users()[row], request.positions()[row], block.histories()[i]);
            request.receiver().asked(row, worker.asked(user, request.asked()[row], embeddings, values));
            users[i] = user;
        }
    }

    /** Scores the users with some blocks of items. */
    private void score(int firstBlock, int endBlock, LongConsumer scored) throws InterruptedException {
        CatalogueItems.Block[] blocks = new CatalogueItems.Block[endBlock - firstBlock];
        threads.share(blocks.length, 1, (worker, from, to) -> blocks[from] = worker.items(firstBlock + from));
        HistoryCandidates candidates = HistoryCandidates.of(Arrays.asList(blocks));
        threads.share(
                block.items().length,
                HISTORY_ITEMS,
                (worker, from, to) -> worker.historyPairs(from, to, embeddings, candidates, pairs));
        threads.share(users.length, usersTogether, (worker, from, to) -> {
            int at = 0;
            for (CatalogueItems.Block of : blocks) {
                if (threads.stopped().get()) {
                    return;
                }
                for (int i = from; i < to; i++) {
                    float[] scores = worker.scores(users[i], of, at, values, pairs);
                    request.receiver().scores(users[i].row(), of.first(), scores, of.count());
                }
                scored.accept((long) (to - from) * of.count());
                at += of.count();
            }
        });
    }
}
