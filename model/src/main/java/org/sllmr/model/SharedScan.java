// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;

/**
 * Goes round the blocks of a catalogue for all requests at once.
 *
 * <p>What is kept of the items is larger than the caches near a processor. So requests that are under way at the same time
 * take turns on each block: it is read once for all of them. A request joins at the block that is next, and has its answer when
 * the scan has come round; the threads that score are those of the requests.
 *
 * @param <M> memory of a thread
 */
final class SharedScan<M> {
    private final int blocks;
    private final Source<M> source;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Pass> underWay = new CopyOnWriteArrayList<>();

    /** Where blocks come from. */
    @FunctionalInterface
    interface Source<M> {
        CatalogueItems.Block block(M memory, int number);
    }

    /** What a request does with a block; called once for each, from several threads at once. */
    @FunctionalInterface
    interface Visit<M> {
        void score(M memory, CatalogueItems.Block block);
    }

    /** A request's way round. */
    final class Pass implements AutoCloseable {
        private final Visit<M> visit;
        private final AtomicIntegerArray taken = new AtomicIntegerArray(blocks);
        private final AtomicInteger left = new AtomicInteger(blocks);
        private final CountDownLatch open = new CountDownLatch(blocks);
        private volatile @Nullable Throwable failure;

        private Pass(Visit<M> visit) {
            this.visit = visit;
        }

        /**
         * Scores blocks, for this request and the others that are under way, until a thread has taken each of this one's.
         *
         * @throws TooLateException if this request's deadline is over; the others go on
         */
        void help(M memory, Deadline deadline) {
            while (left.get() > 0) {
                deadline.check();
                int number = Math.floorMod(next.getAndIncrement(), blocks);
                CatalogueItems.Block block = null;
                for (Pass pass : underWay) {
                    if (pass.taken.compareAndSet(number, 0, 1)) {
                        pass.left.decrementAndGet();
                        block = pass.score(memory, number, block);
                    }
                }
            }
        }

        private CatalogueItems.@Nullable Block score(M memory, int number, CatalogueItems.@Nullable Block known) {
            CatalogueItems.Block block = known;
            try {
                block = block == null ? source.block(memory, number) : block;
                visit.score(memory, block);
            } catch (RuntimeException | Error e) {
                // It is this request's, whatever thread scores for it.
                failure = e;
            } finally {
                open.countDown();
            }
            return block;
        }

        /**
         * Waits for blocks that other threads have taken.
         *
         * @throws RuntimeException what a visit of this request has thrown
         */
        void await() {
            boolean interrupted = false;
            while (open.getCount() > 0) {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            } else if (failure instanceof Error e) {
                throw e;
            }
        }

        @Override
        public void close() {
            underWay.remove(this);
        }
    }

    SharedScan(int blocks, Source<M> source) {
        this.blocks = blocks;
        this.source = source;
    }

    /** Lets a request join; it is closed when it has its answer or does not want it any more. */
    Pass join(Visit<M> visit) {
        Pass pass = new Pass(visit);
        underWay.add(pass);
        return pass;
    }
}
