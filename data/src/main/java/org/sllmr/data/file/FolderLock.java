// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;

/**
 * Gives this process exclusive use of a folder until the lock is closed or the process ends, even by a kill.
 *
 * <p>The lock file contains the id of the process that holds it, for information; closing removes the file.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";
    private static final int SIZES = 1 << 16;

    /**
     * The lock files that this process holds. They must not be opened again: under POSIX, closing any handle of a file
     * releases the process's locks on it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final Path file;
    private final Path folder;
    private final boolean created;

    private FolderLock(FileChannel channel, Path file, Path folder, boolean created) {
        this.channel = channel;
        this.file = file;
        this.folder = folder;
        this.created = created;
    }

    /**
     * Locks a folder. It is created if it does not exist, and removed on closing if it is empty by then.
     *
     * @param work what is done there, for the message {@code is in use by another ...}
     * @throws InvalidInputException if this or another process holds the lock, or nothing can be written there
     * @throws CancellationException if the thread is interrupted
     */
    public static FolderLock take(Path folder, String work) {
        return take(folder, folder.toAbsolutePath().normalize(), NAME, work);
    }

    /**
     * Locks a path where a file or folder will be made, by a hidden file beside it; missing parents are created.
     *
     * @param work what is done there, for the message {@code is in use by another ...}
     * @throws InvalidInputException if this or another process holds the lock, or nothing can be written there
     * @throws CancellationException if the thread is interrupted
     */
    public static FolderLock beside(Path place, String work) {
        Path absolute = place.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new InvalidInputException(place.toString(), "is the root of a file system; name a place below it");
        }
        return take(place, parent, "." + absolute.getFileName() + NAME, work);
    }

    private static FolderLock take(Path named, Path folder, String name, String work) {
        Path file = folder.resolve(name);
        if (Thread.currentThread().isInterrupted()) {
            // A channel closes at once in such a thread, and a file that is neither locked nor removed would stay.
            throw new CancellationException("stopped before " + named + " was locked");
        }
        if (!HELD.add(file)) {
            throw taken(named, work);
        }
        @Nullable FolderLock lock = null;
        try {
            lock = open(named, folder, file, work);
            return lock;
        } finally {
            if (lock == null) {
                HELD.remove(file);
            }
        }
    }

    private static InvalidInputException taken(Path named, String work) {
        return new InvalidInputException(
                named.toString(), "is in use by another " + work + "; wait until it ends, or choose another --out");
    }

    private static FolderLock open(Path named, Path folder, Path file, String work) {
        Writable.requireFolder(named, folder);
        try {
            boolean created = !Files.exists(folder);
            Files.createDirectories(folder);
            while (true) {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (isTaken(channel)) {
                    channel.close();
                    throw taken(named, work);
                }
                if (isStillThere(channel, file)) {
                    return new FolderLock(channel, file, folder, created);
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    named.toString(),
                    folder + " cannot be written to: " + Reason.ofWriting(folder, e)
                            + "; choose another place, or change its permissions");
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /**
     * Whether the locked file is still the one at its path: the previous holder may have removed it between opening and
     * locking.
     *
     * <p>Recognized by a size that others are unlikely to have written, because reading the file would mean opening it.
     */
    private static boolean isStillThere(FileChannel channel, Path file) throws IOException {
        long size = Math.floorMod(System.nanoTime(), SIZES);
        String mark = ProcessHandle.current().pid() + "\n" + " ".repeat((int) size);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII)), 0);
        try {
            return Files.size(file) == mark.length();
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    /** The folder that contains the lock file. */
    public Path folder() {
        return folder;
    }

    /** Releases the lock. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            try {
                Files.deleteIfExists(file);
                channel.close();
            } catch (FileSystemException open) {
                // Windows cannot remove an open file.
                channel.close();
                Files.deleteIfExists(file);
            }
            if (created) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException wanted) {
            // The folder is not empty, so it stays.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(file);
        }
    }
}
