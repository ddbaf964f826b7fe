// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Contents;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.DatasetOrigin;
import org.sllmr.data.store.DatasetWriter;
import org.sllmr.data.store.Negatives;
import org.sllmr.preparation.read.RawData;
import org.sllmr.preparation.read.RawDataReader;
import org.sllmr.preparation.read.RawItems;
import org.sllmr.preparation.read.RawUsers;

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
            throw new InvalidInputException(name, "has no interactions");
        }
        PartKind kind = PartRules.kind(data.log(), settings);
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
            throw new InvalidInputException(name, "has no interactions with items of the item file");
        }
        if (kind == PartKind.FOLDS) {
            return folds(data, filter.rows(), settings, blocks);
        }
        Assembly assembly = new Assembly(data, filter.rows(), settings.keepUnseenItems());
        if (settings.requireText()) {
            requireText(data, assembly.catalogue());
        }
        if (kind != PartKind.LEAVE_ONE_OUT) {
            byte[] parts =
                    PartAssignment.of(data.log(), filter.rows(), kind, settings.parts(), new Seed(settings.seed()));
            return parted(data, assembly, parts, kind, settings, blocks);
        }
        int[] sorted = assembly.sortedRows(blocks);
        InteractionLog log = assembly.log(sorted, blocks);
        Negatives negatives = new NegativeSampler(
                        log,
                        assembly.userIds(),
                        index -> data.log().places().place(sorted[index]),
                        assembly.catalogue().size(),
                        settings.negatives().orElse(1),
                        new Seed(settings.seed()))
                .draw(blocks);
        return new Contents(
                log,
                assembly.catalogue(),
                assembly.userIds(),
                ofUsers(data, assembly.userIds(), RawUsers::fields, Selection::of),
                assembly.contextFields(sorted),
                negatives,
                numeric(data, assembly, sorted));
    }

    private static NumericInputs numeric(RawData data, Assembly assembly, int[] contextRows) {
        return new NumericInputs(
                ofUsers(data, assembly.userIds(), RawUsers::numbers, Selection::of),
                ofUsers(data, assembly.userIds(), RawUsers::vectors, Selection::of),
                assembly.contextNumbers(contextRows),
                List.of());
    }

    private static Contents folds(RawData all, int[] rows, SplitSettings settings, Blocks blocks)
            throws InterruptedException {
        JudgedLists lists = JudgedLists.of(all.log(), rows, settings.parts(), new Seed(settings.seed()));
        RawData data = new RawData(lists.log(), all.items(), all.users(), all.sources());
        Assembly assembly = new Assembly(data, lists.rows(), settings.keepUnseenItems());
        if (settings.requireText()) {
            requireText(data, assembly.catalogue());
        }
        return parted(data, assembly, lists.log().labels().parts(), PartKind.FOLDS, settings, blocks);
    }

    private static Contents parted(
            RawData data, Assembly assembly, byte[] parts, PartKind kind, SplitSettings settings, Blocks blocks)
            throws InterruptedException {
        PartedSamples samples = new PartedSamples(data.log(), assembly, parts, kind, settings, blocks);
        return new Contents(
                samples.positivesLog(),
                assembly.catalogue(),
                assembly.userIds(),
                ofUsers(data, assembly.userIds(), RawUsers::fields, Selection::of),
                assembly.contextFields(samples.sorted()),
                samples.samples(),
                numeric(data, assembly, samples.sorted()));
    }

    /** Columns of the users' file, with a row for each user of the dataset. */
    private static <T> List<T> ofUsers(
            RawData data, Vocabulary userIds, Function<RawUsers, List<T>> columns, BiFunction<T, int[], T> selection) {
        List<T> selected = new ArrayList<>();
        if (data.users().isPresent()) {
            RawUsers users = data.users().get();
            int[] rows = new int[userIds.size()];
            for (int user = 0; user < rows.length; user++) {
                rows[user] = users.ids().indexOf(userIds.value(user));
            }
            columns.apply(users).forEach(column -> selected.add(selection.apply(column, rows)));
        }
        return selected;
    }

    private static void requireText(RawData data, Catalogue catalogue) {
        int count = 0;
        String first = "";
        for (int item = 0; item < catalogue.size(); item++) {
            int row = item;
            if (catalogue.texts().stream()
                    .allMatch(text -> text.values().get(row).isBlank())) {
                count++;
                first = count == 1 ? catalogue.ids().value(item) : first;
            }
        }
        if (count > 0) {
            throw new InvalidInputException(
                    place(data, first),
                    "item '" + first + "' has no text; " + count + " of " + catalogue.size()
                            + " items have none; name more text columns, or set split.requireText to false");
        }
    }

    private static String place(RawData data, String item) {
        if (data.items().isPresent()) {
            RawItems items = data.items().get();
            int row = items.catalogue().ids().indexOf(item);
            if (row >= 0) {
                return items.places().place(row);
            }
        }
        return "items";
    }
}
