// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.sllmr.data.concurrent.Workers;

/**
 * Threads that share pieces of work, each with memory of its own.
 *
 * @param threads as many threads as workers
 * @param workers memory of the threads
 * @param stopped whether no further piece is to be begun
 */
record HistoryThreads(Workers threads, List<HistoryCatalogueWorker> workers, AtomicBoolean stopped) {
    /** A piece of work. */
    @FunctionalInterface
    interface Piece {
        void on(HistoryCatalogueWorker worker, int from, int to);
    }

    /**
     * Does work in pieces, and returns when all of it is done.
     *
     * @param count how much there is
     * @param size most of a piece
     */
    void share(int count, int size, Piece piece) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        int pieces = (count + size - 1) / size;
        threads.all(workers.stream()
                .map(worker -> (Callable<Boolean>) () -> {
                    for (int number = next.getAndIncrement();
                            number < pieces && !stopped.get();
                            number = next.getAndIncrement()) {
                        piece.on(worker, number * size, Math.min(count, (number + 1) * size));
                    }
                    return true;
                })
                .toList());
    }
}
