// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Workers;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.ranking.RankingNetwork;
import org.sllmr.model.table.TableRows;

/**
 * Scores a catalogue by blocks of users and blocks of items.
 *
 * <p>What depends on a user alone is computed once a user; what depends on an item alone is computed once, or, where all of
 * it together would take more than {@value #KEPT_BYTES} bytes, once a block of users. So memory does not grow with the
 * catalogue, nor with the number of users.
 *
 * <p>It keeps the network as it was; the embeddings must not be trained while it is in use.
 */
final class NetworkCatalogueScorer implements CatalogueScorer {
    static final long KEPT_BYTES = 256L << 20;

    private final CatalogueScoring settings;
    private final CatalogueItems items;
    private final List<CatalogueWorker> workers = new ArrayList<>();

    NetworkCatalogueScorer(CtrModel model, int itemCount, CatalogueScoring settings) {
        this.settings = settings;
        FirstOrder firstOrder = model.settings().backbone().firstOrder();
        InputShape shape = model.settings().shape(model.schema());
        TableRows embeddings = model.embeddings();
        EngineKernels engine = EngineKernels.fastest();
        RankingNetwork network = new RankingNetwork(model.network(), shape.userColumns(), shape.width(), engine);
        this.items = new CatalogueItems(network.blockSize(), itemCount, KEPT_BYTES);
        for (int thread = 0; thread < settings.threads(); thread++) {
            SideRows rows = new SideRows(engine.rows(), model.schema(), shape, firstOrder, embeddings);
            workers.add(new CatalogueWorker(network.newRun(), items, rows));
        }
    }

    @Override
    public void score(
            InteractionLog log,
            int[] users,
            int[] positions,
            int[][] asked,
            Receiver receiver,
            ProgressListener listener) {
        check(users, positions, asked);
        int block = settings.users();
        int blocks = (users.length + block - 1) / block;
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        CatalogueProgress progress = new CatalogueProgress(listener, (long) users.length * items.count());
        List<Callable<Boolean>> tasks = workers.stream()
                .map(worker -> (Callable<Boolean>) () -> {
                    for (int number = next.getAndIncrement();
                            number < blocks && !stopped.get();
                            number = next.getAndIncrement()) {
                        int from = number * block;
                        int to = Math.min(users.length, from + block);
                        worker.score(log, users, positions, asked, from, to, receiver, stopped, progress::scored);
                    }
                    return true;
                })
                .toList();
        runAll(tasks, stopped);
    }

    /** What users are scored with, one of each a user; nothing is begun in a thread that was interrupted. */
    static void check(int[] users, int[] positions, int[][] asked) {
        if (users.length != positions.length || users.length != asked.length) {
            throw new IllegalArgumentException(
                    users.length + " users, " + positions.length + " positions, " + asked.length + " times asked");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("ranking was stopped");
        }
    }

    private static void runAll(List<Callable<Boolean>> tasks, AtomicBoolean stopped) {
        try (Workers ranking = new Workers(tasks.size(), "ranking")) {
            try {
                ranking.all(tasks);
            } finally {
                stopped.set(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("ranking was stopped");
        }
    }
}
