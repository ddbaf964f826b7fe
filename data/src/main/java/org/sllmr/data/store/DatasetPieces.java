// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Unfinished;

/**
 * Writes a dataset folder piece by piece, for data that is larger than memory: users and their rows in order, and the items
 * at the end. The folder has the bytes that {@link DatasetWriter} would write of the same data.
 *
 * <p>In memory are the items, and the vocabularies of the fields. The folder is at its place when {@link #finish} returns;
 * closed before, nothing is left of it.
 */
public final class DatasetPieces implements AutoCloseable {
    private final Path target;
    private final boolean replace;
    private final Path beside;
    private final List<PieceFile> open = new ArrayList<>();
    private final PieceFile offsets;
    private final PieceFile logItems;
    private final PieceFile logTimes;
    private final PieceColumns.Strings userIds;
    private final PieceColumns users;
    private final PieceColumns contexts;
    private final TimeRange times = new TimeRange();
    private @Nullable PieceSplit split;
    private int userCount;
    private int rowUsers;
    private int contextRows;
    private boolean complete;

    private DatasetPieces(Path target, boolean replace, Path beside) throws IOException {
        this.target = target;
        this.replace = replace;
        this.beside = beside;
        offsets = create(Layout.LOG + DatasetFile.OFFSETS + DatasetFile.INTS);
        logItems = create(Layout.LOG_ITEMS + DatasetFile.INTS);
        logTimes = create(Layout.LOG_TIMES + DatasetFile.LONGS);
        userIds = new PieceColumns.Strings(this::create, Layout.ids(Layout.USERS));
        users = new PieceColumns(this::create, Layout.USERS);
        contexts = new PieceColumns(this::create, Layout.CONTEXT);
        offsets.putInt(0);
    }

    /**
     * Begins a folder.
     *
     * @param folder the folder to create
     * @param replace whether an existing dataset may be replaced
     * @throws InvalidInputException if it must not be written there, as {@link DatasetWriter#checkFree}
     */
    public static DatasetPieces create(Path folder, boolean replace) {
        DatasetWriter.checkFree(folder, replace);
        Path target = folder.toAbsolutePath().normalize();
        Path beside = Unfinished.beside(target);
        try {
            Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(target));
            Files.createDirectory(beside);
            return new DatasetPieces(target, replace, beside);
        } catch (IOException e) {
            Folders.delete(beside);
            throw unwritable(target, e);
        }
    }

    /** Adds what is known of the next users. */
    public void add(UserPiece piece) {
        writing(() -> {
            userIds.add(piece.ids());
            users.add(piece.fields(), piece.numbers(), piece.vectors());
        });
        userCount += piece.ids().size();
    }

    /** Adds the interactions and samples of the next users. */
    public void add(RowPiece piece) {
        InteractionLog log = piece.log();
        writing(() -> {
            int before = logItems.size();
            int[] lengths = new int[log.users()];
            for (int user = 0; user < lengths.length; user++) {
                int length = log.length(user);
                lengths[user] = (user == 0 ? before : lengths[user - 1]) + length;
                int[] items = new int[length];
                log.copyItems(user, 0, length, items, 0);
                logItems.putInts(items, 0);
                for (int position = 0; position < length; position++) {
                    logTimes.putLong(log.time(user, position));
                }
            }
            offsets.putInts(lengths, 0);
            contexts.add(piece.contextFields(), piece.contextNumbers(), List.of());
            split = split == null ? PieceSplit.of(piece, this::create) : split;
            split.add(piece.split(), rowUsers, contextRows);
        });
        times.add(log);
        rowUsers += log.users();
        contextRows += piece.contextRows();
    }

    /**
     * Completes the folder and moves it to its place.
     *
     * @param catalogue the items that the numbers in the pieces mean
     * @return its manifest
     */
    public Manifest finish(Catalogue catalogue, DatasetOrigin origin) {
        PieceSplit parts = split;
        if (parts == null || rowUsers != userCount) {
            throw new IllegalArgumentException(userCount + " users, but rows of " + rowUsers);
        }
        try {
            List<Manifest.StoredFile> files = new ArrayList<>();
            int interactions = logItems.size();
            files.add(offsets.finish());
            files.add(logItems.finish());
            files.add(logTimes.finish());
            userIds.finish(files);
            files.addAll(users.finishFields());
            write(Layout.itemTexts(catalogue), files);
            files.addAll(contexts.finishFields());
            files.addAll(users.finishNumbers());
            write(Layout.itemNumbers(catalogue), files);
            files.addAll(contexts.finishNumbers());
            files.addAll(parts.finish());
            Manifest manifest = new DatasetNames(
                            users.names(),
                            DatasetNames.Side.of(catalogue),
                            contexts.names(),
                            parts.parts(),
                            parts.negatives())
                    .manifest(origin, times.counts(userCount, catalogue, interactions), files);
            Files.write(beside.resolve(Layout.MANIFEST), ManifestFile.encode(manifest));
            // Another process may have written one there in the meantime.
            DatasetWriter.checkFree(target, replace);
            DatasetWriter.move(beside, target);
            complete = true;
            return manifest;
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private void write(List<DatasetFile> columns, List<Manifest.StoredFile> files) throws IOException {
        for (DatasetFile column : columns) {
            try (Hashes.Sums sums = new Hashes.Sums(Files.newOutputStream(beside.resolve(column.name())))) {
                column.writeTo(sums);
                files.add(sums.of(column.name()));
            }
        }
    }

    private PieceFile create(String name) throws IOException {
        PieceFile file = new PieceFile(beside, name);
        open.add(file);
        return file;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void writing(Writing work) {
        try {
            work.run();
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private static InvalidInputException unwritable(Path folder, IOException e) {
        return new InvalidInputException(
                folder.toString(),
                "cannot be written: " + Reason.of(e)
                        + "; free some space or choose another folder (nothing was left behind)");
    }

    @Override
    public void close() {
        if (complete) {
            return;
        }
        try {
            for (PieceFile file : open) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(beside);
        }
    }
}
