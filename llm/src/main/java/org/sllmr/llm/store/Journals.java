// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of an open store: many threads append to the newest, one thread forces it to the device and moves full
 * ones into the database.
 */
final class Journals implements AutoCloseable {
    static final int FORCE_MILLIS = 100;

    private static final Logger LOGGER = LoggerFactory.getLogger(Journals.class);
    private static final int ENTRIES_BETWEEN_MERGES = 5_000;
    private static final long BYTES_BETWEEN_MERGES = 32 << 20;
    private static final long NANOS_BETWEEN_MERGES = 60_000_000_000L;

    private final StoreFolder folder;
    private final Deque<Long> unmerged = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    /** Held while a full journal is replaced and forced, so that forcing the new one includes the full one. */
    private final Object rolling = new Object();

    private Journal journal;
    private long number;
    private volatile @Nullable Exception failure;

    /** Starts a new journal. */
    Journals(StoreFolder folder, long number) throws IOException {
        this.folder = folder;
        this.number = number;
        this.journal = Journal.create(folder.path(), number);
        this.thread = new Thread(this::run, "answer-store");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Moves journals of earlier runs into the database. */
    static void recover(StoreFolder folder, Database database) throws IOException, SQLException {
        long merged = database.merged();
        for (long left : Journal.numbers(folder.path())) {
            Path file = Journal.file(folder.path(), left);
            if (left > merged) {
                database.merge(left, Journal.read(file));
            }
            Files.delete(file);
        }
    }

    /** Appends an entry; when this returns, the operating system has it. */
    void add(JournalEntry entry) throws IOException {
        Exception broken = failure;
        if (broken != null) {
            throw new IOException(folder.path() + " cannot be written: " + broken.getMessage(), broken);
        }
        byte[] line = JournalLines.line(entry);
        synchronized (this) {
            journal.append(line);
        }
    }

    /** Waits until the device has everything that was appended before the call. */
    void force() throws IOException {
        synchronized (rolling) {
            current().force();
        }
    }

    private void run() {
        long last = System.nanoTime();
        try {
            while (!closing.await(FORCE_MILLIS, TimeUnit.MILLISECONDS)) {
                Journal current = current();
                current.force();
                if (current.entries() >= ENTRIES_BETWEEN_MERGES
                        || current.bytes() >= BYTES_BETWEEN_MERGES
                        || (current.entries() > 0 && System.nanoTime() - last > NANOS_BETWEEN_MERGES)) {
                    roll();
                    last = System.nanoTime();
                }
                if (!unmerged.isEmpty()) {
                    mergeIfFree();
                }
            }
        } catch (IOException | SQLException | RuntimeException e) {
            LOGGER.debug("the journals of {} are no longer merged", folder.path(), e);
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Journal current() {
        return journal;
    }

    private void roll() throws IOException {
        Journal next = Journal.create(folder.path(), number + 1);
        synchronized (rolling) {
            Journal full;
            synchronized (this) {
                full = journal;
                journal = next;
            }
            full.force();
            full.close();
        }
        unmerged.add(number++);
    }

    private void mergeIfFree() throws IOException, SQLException {
        try (Database database = Database.open(folder.database())) {
            merge(database);
        } catch (DatabaseInUseException e) {
            LOGGER.debug("{} is in use; its attempts stay in the journals", folder.path(), e);
        }
    }

    private void merge(Database database) throws IOException, SQLException {
        while (!unmerged.isEmpty()) {
            Path file = Journal.file(folder.path(), unmerged.element());
            database.merge(unmerged.element(), Journal.read(file));
            Files.delete(file);
            unmerged.remove();
        }
    }

    /**
     * Forces everything to the device and moves it into the database. What cannot be moved now stays in its journal,
     * where readers and the next run find it.
     */
    @Override
    public void close() throws IOException {
        boolean interrupted = Thread.interrupted();
        closing.countDown();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        journal.force();
        journal.close();
        unmerged.add(number);
        try (Database database = StoreFolder.whenFree(() -> Database.open(folder.database()))) {
            merge(database);
        } catch (SQLException | DatabaseInUseException e) {
            LOGGER.warn("{}: the last answers stay in a journal for now: {}", folder.path(), e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
