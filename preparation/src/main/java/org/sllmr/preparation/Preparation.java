// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Contents;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.DatasetOrigin;
import org.sllmr.data.store.DatasetWriter;
import org.sllmr.data.store.RowPiece;
import org.sllmr.data.store.StoredParts;
import org.sllmr.data.store.UserPiece;
import org.sllmr.preparation.read.RawData;
import org.sllmr.preparation.read.RawDataReader;

/** Turns raw data into a dataset: filtering, sorting, the parts, negatives. */
public final class Preparation {
    private Preparation() {}

    /**
     * Makes a dataset in memory.
     *
     * @param data the raw data
     * @param name name of the dataset in results
     * @param settings how to split
     * @throws InvalidInputException if the data cannot be split with these settings, with place and remedy
     */
    public static Dataset prepare(RawData data, String name, SplitSettings settings) {
        return prepare(data, name, settings, SettingsTree.of(settings), ProgressListener.NONE);
    }

    /**
     * Reads files, turns them into a dataset and writes its folder.
     *
     * @param settings which files, and how to split
     * @param folder the folder to create
     * @param replace whether an existing dataset may be replaced
     * @param listener receives progress
     * @return the dataset that was written
     * @throws InvalidInputException if the files have errors, or the folder cannot be written; nothing is left behind
     *     then
     */
    public static Dataset run(PreparationSettings settings, Path folder, boolean replace, ProgressListener listener) {
        DatasetWriter.checkFree(folder, replace);
        RawData data = RawDataReader.read(settings.sources(), listener);
        Dataset dataset = prepare(data, settings.name(), settings.split(), SettingsTree.of(settings), listener);
        listener.progressed("writing " + folder, 0, 0);
        DatasetWriter.write(dataset, folder, replace);
        return dataset;
    }

    /** Settings as a manifest holds them: a tree of maps, lists and scalars, with file names in place of paths. */
    public static Map<String, Object> tree(PreparationSettings settings) {
        return SettingsTree.of(settings);
    }

    private static Dataset prepare(
            RawData data,
            String name,
            SplitSettings settings,
            Map<String, Object> allSettings,
            ProgressListener listener) {
        listener.progressed("splitting", 0, 0);
        try (Blocks blocks = new Blocks(Runtime.getRuntime().availableProcessors())) {
            Contents contents = split(data, name, settings, blocks);
            listener.progressed("hashing", 0, 0);
            return Dataset.of(contents, new DatasetOrigin(name, settings.seed(), data.sources(), allSettings), blocks);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while preparing");
        }
    }

    static Contents split(RawData data, String name, SplitSettings settings, Blocks blocks)
            throws InterruptedException {
        if (data.log().size() == 0) {
            throw FilterProblems.noInteractions(name);
        }
        PartKind kind = PartRules.kind(data.log().labels(), settings);
        RowFilter filter = new RowFilter(data.log());
        if (settings.usersSample() > 0) {
            filter.usersSample(settings.usersSample(), new Seed(settings.seed()).child("users sample"));
        }
        data.items().ifPresent(items -> filter.unknownItems(items.catalogue(), settings.unknownItems()));
        if (settings.dropRepeats()) {
            filter.repeats();
        }
        filter.core(settings.core());
        if (kind == PartKind.LEAVE_ONE_OUT) {
            filter.shortUsers(settings.dropShortUsers());
        }
        if (filter.rows().length == 0) {
            throw FilterProblems.noKnownItems(name);
        }
        if (kind == PartKind.FOLDS) {
            return folds(data, filter.rows(), settings, blocks);
        }
        Assembly assembly = Assembly.of(data, filter.rows(), settings);
        if (kind != PartKind.LEAVE_ONE_OUT) {
            byte[] parts =
                    PartAssignment.of(data.log(), filter.rows(), kind, settings.parts(), new Seed(settings.seed()));
            return parted(data, assembly, parts, kind, settings, blocks);
        }
        return contents(data, assembly, UserBlock.leaveOneOut(assembly.users(), settings, blocks));
    }

    private static Contents folds(RawData all, int[] rows, SplitSettings settings, Blocks blocks)
            throws InterruptedException {
        JudgedLists lists = JudgedLists.of(all.log(), rows, settings.parts(), new Seed(settings.seed()));
        RawData data = new RawData(lists.log(), all.items(), all.users(), all.sources());
        Assembly assembly = Assembly.of(data, lists.rows(), settings);
        return parted(data, assembly, lists.log().labels().parts(), PartKind.FOLDS, settings, blocks);
    }

    private static Contents parted(
            RawData data, Assembly assembly, byte[] parts, PartKind kind, SplitSettings settings, Blocks blocks)
            throws InterruptedException {
        RowPiece all = UserBlock.parted(assembly.users(), parts, kind, settings, blocks);
        PartSizes sizes = new PartSizes(kind);
        sizes.add((StoredParts) all.split());
        sizes.check(assembly.users().userIds().size());
        return contents(data, assembly, all);
    }

    /** A dataset is one piece with all users, and the items. */
    private static Contents contents(RawData data, Assembly assembly, RowPiece rows) {
        UserPiece users = UserBlock.known(assembly.users().userIds().values(), data.users());
        return new Contents(
                rows.log(),
                assembly.catalogue(),
                assembly.users().userIds(),
                users.fields(),
                rows.contextFields(),
                rows.split(),
                new NumericInputs(users.numbers(), users.vectors(), rows.contextNumbers(), List.of()));
    }
}
