// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.sllmr.data.ProgressListener;

/**
 * Threads that process the blocks of an index range.
 *
 * <p>A free thread takes the next block. If the work of a block depends on its bounds alone, the result does not depend
 * on the number of threads.
 */
public final class Blocks implements AutoCloseable {
    private final int threads;
    private final Workers workers;

    /** Starts up to {@code threads} threads, at least 1. */
    public Blocks(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", allowed is 1 or more");
        }
        this.threads = threads;
        this.workers = new Workers(threads, "blocks");
    }

    /** Work on the indices {@code [from, to)}. */
    @FunctionalInterface
    public interface Work {
        /** Does one block. */
        void run(int from, int to) throws InterruptedException;
    }

    /** Number of threads. */
    public int threads() {
        return threads;
    }

    /** Runs all blocks of {@code [0, size)} and returns when the last is done. */
    public void run(int size, int block, Work work) throws InterruptedException {
        run(size, block, "", ProgressListener.NONE, work);
    }

    /**
     * Runs all blocks of {@code [0, size)} and reports progress after each.
     *
     * @throws InterruptedException if the calling thread was interrupted; no block is running any more by then
     */
    public void run(int size, int block, String stage, ProgressListener listener, Work work)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Completed completed = new Completed(stage, size, listener);
        int blocks = (int) (((long) size + block - 1) / block);
        List<Task<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < Math.min(threads, blocks); thread++) {
            running.add(workers.start(() -> {
                try {
                    work(next, size, block, work, completed);
                } finally {
                    // A thread that ends, even by a failure, leaves no further blocks for the others.
                    next.set(blocks);
                }
                return null;
            }));
        }
        try {
            for (Task<Void> task : running) {
                task.get();
            }
        } finally {
            // Running blocks are awaited: they are short, and must not write anything after this method has returned.
            next.set(blocks);
            running.forEach(Task::await);
        }
    }

    private static void work(AtomicInteger next, int size, int block, Work work, Completed completed)
            throws InterruptedException {
        // In 64 bits: the end of the last block may exceed an int.
        for (long from = (long) next.getAndIncrement() * block;
                from < size;
                from = (long) next.getAndIncrement() * block) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int to = (int) Math.min(size, from + block);
            work.run((int) from, to);
            completed.add(to - (int) from);
        }
    }

    @Override
    public void close() {
        workers.close();
    }

    private static final class Completed {
        private final ReentrantLock lock = new ReentrantLock();
        private final String stage;
        private final long total;
        private final ProgressListener listener;
        private long done;

        Completed(String stage, long total, ProgressListener listener) {
            this.stage = stage;
            this.total = total;
            this.listener = listener;
        }

        void add(int count) {
            lock.lock();
            try {
                done += count;
                listener.progressed(stage, done, total);
            } finally {
                lock.unlock();
            }
        }
    }
}
