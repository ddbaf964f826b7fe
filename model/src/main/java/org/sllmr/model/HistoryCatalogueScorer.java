// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Workers;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.ranking.HistoryRankingNetwork;

/**
 * As {@link NetworkCatalogueScorer}, for networks in which something depends on a history item and a candidate alone, and so is
 * the same for all users who have the item: it is computed once for a large block of users.
 *
 * <p>All threads work on the same block of users, so that each of these values is computed by one of them. They take turns:
 * first the values of the history items with some blocks of items, then the scores of the users with those items.
 *
 * <p>It keeps the network as it was; the embeddings must not be trained while it is in use.
 */
final class HistoryCatalogueScorer implements CatalogueScorer {
    private final CatalogueScoring settings;
    private final HistoryRankingNetwork network;
    private final CatalogueItems items;
    private final HistoryBlockSizes sizes;
    private final List<HistoryCatalogueWorker> workers = new ArrayList<>();

    private HistoryCatalogueScorer(
            CtrModel model,
            InputShape shape,
            EngineKernels engine,
            HistoryRankingNetwork network,
            int itemCount,
            CatalogueScoring settings) {
        this.settings = settings;
        this.network = network;
        this.items = new CatalogueItems(network.blockSize(), itemCount, NetworkCatalogueScorer.KEPT_BYTES);
        FirstOrder firstOrder = model.settings().backbone().firstOrder();
        for (int thread = 0; thread < settings.threads(); thread++) {
            SideRows rows = new SideRows(engine.rows(), model.schema(), shape, firstOrder, model.embeddings());
            workers.add(new HistoryCatalogueWorker(network.newRun(), items, rows));
        }
        this.sizes = HistoryBlockSizes.of(
                network, workers.get(0).rows(), model.schema().historyLength(), items.size(), settings.sharedBytes());
    }

    /** A scorer of that model, if its network is such a one. */
    static Optional<CatalogueScorer> of(CtrModel model, int itemCount, CatalogueScoring settings) {
        InputShape shape = model.settings().shape(model.schema());
        EngineKernels engine = EngineKernels.fastest();
        return HistoryRankingNetwork.of(model.network(), shape.userColumns(), shape.width(), engine)
                .map(network -> new HistoryCatalogueScorer(model, shape, engine, network, itemCount, settings));
    }

    @Override
    public void score(
            InteractionLog log,
            int[] users,
            int[] positions,
            int[][] asked,
            Receiver receiver,
            ProgressListener listener) {
        NetworkCatalogueScorer.check(users, positions, asked);
        AtomicBoolean stopped = new AtomicBoolean();
        CatalogueRequest request = new CatalogueRequest(log, users, positions, asked, receiver);
        CatalogueProgress progress = new CatalogueProgress(listener, (long) users.length * items.count());
        try (Workers ranking = new Workers(workers.size(), "ranking")) {
            HistoryThreads threads = new HistoryThreads(ranking, workers, stopped);
            try {
                int from = 0;
                while (from < users.length) {
                    HistoryBlock block = block(request, from);
                    rank(request, block, threads).score(progress::scored);
                    from += block.users();
                }
            } finally {
                stopped.set(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("ranking was stopped");
        }
    }

    private HistoryBlock block(CatalogueRequest request, int from) {
        SideRows rows = workers.get(0).rows();
        return HistoryBlock.from(
                from,
                request.users(),
                request.positions(),
                (user, position) -> rows.historyNumbers(request.log(), user, position),
                sizes);
    }

    private HistoryBlockRanking rank(CatalogueRequest request, HistoryBlock block, HistoryThreads threads) {
        int blocksTogether = Math.min(items.blocks(), sizes.blocks(block.items().length, items.size()));
        return new HistoryBlockRanking(request, block, threads, network, items, blocksTogether, settings.users());
    }
}
