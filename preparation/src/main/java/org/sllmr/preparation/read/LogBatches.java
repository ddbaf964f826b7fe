// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import org.sllmr.data.concurrent.Task;
import org.sllmr.data.concurrent.Workers;

/**
 * Passes interactions to a second thread, which numbers their ids while the next ones are read.
 *
 * <p>Numbers follow the order of rows, so one thread assigns all of them. Looking up ids takes about as long as
 * reading, because it waits for memory.
 */
final class LogBatches implements AutoCloseable {
    private static final int ROWS = 8192;

    /** Limit of waiting batches; more would only take memory. */
    private static final int WAITING = 4;

    private final RawLogBuilder log;
    private final Workers numbering = new Workers(1, "numbering");
    private final Queue<Task<Void>> underWay = new ArrayDeque<>();
    private Batch batch = new Batch();

    /** Adds to a log, which must not be used otherwise until {@link #finish} returns. */
    LogBatches(RawLogBuilder log) {
        this.log = log;
    }

    /** Adds an interaction; see {@link RawLogBuilder#add(String, String, long, long, List)} and {@link RawLabels}. */
    void add(InteractionParser.Interaction read, byte part) {
        batch.add(read.user(), read.item(), read.time(), read.position(), read.context());
        batch.mark(read.label(), read.group(), part);
        if (batch.size == ROWS) {
            handOver();
        }
    }

    /** Returns when the log contains everything that was added. */
    void finish() {
        handOver();
        while (!underWay.isEmpty()) {
            takeOne();
        }
    }

    @Override
    public void close() {
        numbering.close();
    }

    private void handOver() {
        Batch full = batch;
        batch = new Batch();
        underWay.add(numbering.start(() -> {
            full.addTo(log);
            return null;
        }));
        if (underWay.size() > WAITING) {
            takeOne();
        }
    }

    private void takeOne() {
        try {
            underWay.remove().get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while reading");
        }
    }

    private static final class Batch {
        private final String[] users = new String[ROWS];
        private final String[] items = new String[ROWS];
        private final long[] times = new long[ROWS];
        private final long[] positions = new long[ROWS];
        private final byte[] labels = new byte[ROWS];
        private final String[] groups = new String[ROWS];
        private final byte[] parts = new byte[ROWS];
        private final List<List<List<String>>> contexts = new ArrayList<>();
        private int size;

        void add(String user, String item, long time, long position, List<List<String>> context) {
            users[size] = user;
            items[size] = item;
            times[size] = time;
            positions[size] = position;
            contexts.add(context);
            size++;
        }

        /** Marks the interaction added last. */
        void mark(int label, String group, byte part) {
            labels[size - 1] = (byte) label;
            groups[size - 1] = group;
            parts[size - 1] = part;
        }

        void addTo(RawLogBuilder log) {
            RawLogBuilder.Marks marks = new RawLogBuilder.Marks(labels, groups, parts);
            log.add(users, items, times, positions, contexts, marks, size);
        }
    }
}
