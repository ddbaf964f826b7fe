// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Unfinished;
import org.sllmr.data.file.Writable;

/**
 * Writes a dataset folder under a temporary name and moves it when complete, so that a half-written one never exists.
 */
public final class DatasetWriter {
    private DatasetWriter() {}

    /**
     * Writes a dataset.
     *
     * @param dataset what to write
     * @param folder the folder to create; an existing one is replaced only if it is empty, or a dataset and {@code
     *     replace} is set
     * @throws InvalidInputException if the folder exists, or cannot be written (full disk, no permission); nothing is
     *     left behind then
     */
    public static void write(Dataset dataset, Path folder, boolean replace) {
        checkFree(folder, replace);
        Path target = folder.toAbsolutePath().normalize();
        Path parent = Optional.ofNullable(target.getParent()).orElse(target);
        Path beside = null;
        try {
            Files.createDirectories(parent);
            beside = Files.createDirectory(Unfinished.beside(target));
            writeFiles(dataset, beside);
            // Another process may have written one there in the meantime.
            checkFree(folder, replace);
            move(beside, target);
            beside = null;
        } catch (IOException e) {
            throw new InvalidInputException(
                    folder.toString(),
                    "cannot be written: " + Reason.of(e) + "; the dataset takes " + megabytes(dataset)
                            + " MB, free some space or choose another folder (nothing was left behind)");
        } finally {
            if (beside != null) {
                Folders.delete(beside);
            }
        }
    }

    /**
     * Checks that a dataset may be written to a folder, before hours of work are spent on it.
     *
     * @throws InvalidInputException if the folder exists and must not be replaced, or cannot be written
     */
    public static void checkFree(Path folder, boolean replace) {
        if (!Files.exists(folder) || isEmptyDirectory(folder)) {
            Writable.require(folder);
            return;
        }
        if (!Files.exists(folder.resolve(Layout.MANIFEST))) {
            throw new InvalidInputException(
                    folder.toString(), "exists and is not a dataset, so it is not replaced; choose another folder");
        }
        if (!replace) {
            throw new InvalidInputException(
                    folder.toString(),
                    "already contains a dataset; choose another folder, or ask to replace it (--replace)");
        }
        Writable.require(folder);
    }

    private static void writeFiles(Dataset dataset, Path folder) throws IOException {
        for (DatasetFile file : Layout.files(dataset.contents())) {
            try (OutputStream stream = Files.newOutputStream(folder.resolve(file.name()))) {
                file.writeTo(stream);
            }
        }
        // Last, so that a folder without it is recognized as incomplete.
        Files.write(folder.resolve(Layout.MANIFEST), ManifestFile.encode(dataset.manifest()));
    }

    /** Moves a complete folder to its place, where it takes that of another one. */
    static void move(Path from, Path target) throws IOException {
        Path old = null;
        if (Files.exists(target)) {
            old = Unfinished.beside(target);
            rename(target, old);
        }
        try {
            rename(from, target);
        } catch (IOException e) {
            if (old != null) {
                rename(old, target);
            }
            throw e;
        }
        if (old != null) {
            Folders.delete(old);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static boolean isEmptyDirectory(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static long megabytes(Dataset dataset) {
        long bytes = 0;
        for (Manifest.StoredFile file : dataset.manifest().files()) {
            bytes += file.size();
        }
        return bytes / 1_000_000 + 1;
    }
}
