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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;

/**
 * A place that this process alone works in until the lock is closed; a process that is killed keeps nobody out.
 *
 * <p>The file of the lock holds the number of the process that has it, for whoever looks; closing removes it.
 */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";
    private static final int SIZES = 1 << 16;

    /**
     * The locks' files of this process. Whoever opens one again and closes it would let go of the lock, by the rules of
     * POSIX; so nobody here does.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final Path file;
    private final Path folder;
    private final boolean made;

    private FolderLock(FileChannel channel, Path file, Path folder, boolean made) {
        this.channel = channel;
        this.file = file;
        this.folder = folder;
        this.made = made;
    }

    /**
     * Takes a folder, which is made if it is not there, and removed on closing if nothing else is in it by then.
     *
     * @param work what is done there, for the message: {@code another} stands before it
     * @throws InvalidInputException if somebody else has it, in this process or in another one, or nothing can be written
     *     there
     */
    public static FolderLock take(Path folder, String work) {
        return take(folder, folder.toAbsolutePath().normalize(), NAME, work);
    }

    /**
     * Takes a place where a file or folder is to be made, by a hidden file beside it; missing parents are made.
     *
     * @param work what is done there, for the message: {@code another} stands before it
     * @throws InvalidInputException if somebody else has it, in this process or in another one, or nothing can be written
     *     there
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
                named.toString(), "is in use by another " + work + "; wait for its end, or give another --out");
    }

    private static FolderLock open(Path named, Path folder, Path file, String work) {
        try {
            boolean made = !Files.exists(folder);
            Files.createDirectories(folder);
            while (true) {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (isTaken(channel)) {
                    channel.close();
                    throw taken(named, work);
                }
                if (isStillThere(channel, file)) {
                    return new FolderLock(channel, file, folder, made);
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    named.toString(),
                    folder + " cannot be written to: " + Reason.of(e)
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
     * Between opening and locking, whoever had the lock may have removed the file; then it locks nobody out.
     *
     * <p>Told by a size that others are unlikely to have written: to read the file would mean to open it.
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

    /** The folder that the lock's file is in. */
    public Path folder() {
        return folder;
    }

    /** Lets others in. */
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
                // Windows removes nothing that is open.
                channel.close();
                Files.deleteIfExists(file);
            }
            if (made) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException wanted) {
            // The folder holds what it was made for.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(file);
        }
    }
}
