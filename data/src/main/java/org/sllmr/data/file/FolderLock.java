// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sllmr.configuration.InvalidInputException;

/** A folder that this process alone works in until the lock is closed; a process that is killed keeps nobody out. */
public final class FolderLock implements AutoCloseable {
    private static final String NAME = ".lock";

    private final FileChannel channel;
    private final Path folder;

    private FolderLock(FileChannel channel, Path folder) {
        this.channel = channel;
        this.folder = folder;
    }

    /**
     * Takes a folder, which is made if it is not there.
     *
     * @param work what is done there, for the message: {@code another} stands before it
     * @throws InvalidInputException if somebody else has it, in this process or in another one
     */
    public static FolderLock take(Path folder, String work) {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw new InvalidInputException(
                        folder.toString(),
                        "is in use by another " + work + "; wait for its end, or give another --out");
            }
            return new FolderLock(channel, folder);
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be written: " + Reason.of(e));
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** Lets others in. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
