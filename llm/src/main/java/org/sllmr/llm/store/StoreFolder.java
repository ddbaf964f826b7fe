// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;

/**
 * The files of a store.
 *
 * @param path the folder
 */
record StoreFolder(Path path) {
    private static final Logger LOGGER = LoggerFactory.getLogger(StoreFolder.class);
    private static final long MAX_WAIT_NANOS = 10_000_000_000L;
    private static final long PAUSE_MILLIS = 50;

    /** The plan. */
    Path plan() {
        return path.resolve("plan");
    }

    /** The database. */
    Path database() {
        return path.resolve("answers.duckdb");
    }

    /** The batches under way. */
    Path batches() {
        return path.resolve("batches");
    }

    private Path lockFile() {
        return path.resolve("lock");
    }

    /**
     * Checks that the folder can be used for a store.
     *
     * @throws InvalidInputException if it contains other files
     */
    void prepare() throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InvalidInputException(path.toString(), "is a file, but a store is a folder; name another path");
        }
        Files.createDirectories(path);
        if (!Files.exists(lockFile())) {
            try (Stream<Path> files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw new InvalidInputException(
                            path.toString(), "has other files and no store; name a new or empty folder");
                }
            }
        }
    }

    /**
     * Checks that a store exists.
     *
     * @throws InvalidInputException if there is none
     */
    void check() {
        if (!Files.isRegularFile(database())) {
            throw new InvalidInputException(
                    path.toString(),
                    "is not a store: it has neither " + database().getFileName() + " nor " + StoreOfTasks.FORM
                            + "; check the path");
        }
    }

    /**
     * Locks the store for this process until the channel is closed.
     *
     * @throws InvalidInputException if another run uses it
     */
    FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOGGER.debug("this process has {}", path, e);
        }
        channel.close();
        throw new InvalidInputException(
                path.toString(),
                "is in use by another run; wait for it or stop it ('sllmr score status' shows its progress)");
    }

    /** Whether a run is using the store now. */
    boolean locked() throws IOException {
        if (!Files.exists(lockFile())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** An attempt to open the database. */
    @FunctionalInterface
    interface Opening<T> {
        /** Tries once. */
        T open() throws IOException, DatabaseInUseException;
    }

    /**
     * Opens the database, waiting while other processes use it for a short time.
     *
     * @throws DatabaseInUseException if they use it for longer
     */
    static <T> T whenFree(Opening<T> opening) throws IOException, DatabaseInUseException {
        long start = System.nanoTime();
        while (true) {
            try {
                return opening.open();
            } catch (DatabaseInUseException e) {
                if (System.nanoTime() - start > MAX_WAIT_NANOS) {
                    throw e;
                }
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }
}
