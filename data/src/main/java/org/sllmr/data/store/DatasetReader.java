// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Labels;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.Samples;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Sha256;

/** Reads the column files that a manifest lists, and checks them. */
final class DatasetReader {
    private static final String REMEDY = "; the folder is damaged or was changed, prepare the dataset again";

    private final Path folder;
    private final Manifest manifest;

    DatasetReader(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    Contents read() {
        checkSizes();
        ColumnReader columns = new ColumnReader(folder, manifest.files());
        try {
            return contents(columns);
        } catch (ColumnReader.ChecksumException e) {
            // This reports every damaged file, not only the first one.
            verify();
            throw new InvalidInputException(folder.toString(), e.getMessage() + REMEDY);
        } catch (IOException e) {
            throw new InvalidInputException(folder.toString(), "cannot be read: " + Reason.of(e) + REMEDY);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    folder.toString(), "its columns do not fit together: " + e.getMessage() + REMEDY);
        }
    }

    void verify() {
        checkSizes();
        List<Problem> problems = new ArrayList<>();
        for (Manifest.StoredFile file : manifest.files()) {
            Path path = folder.resolve(file.name());
            try {
                String found = Sha256.of(path);
                if (!found.equals(file.sha256())) {
                    problems.add(new Problem(
                            path.toString(), "has SHA-256 " + found + ", its manifest says " + file.sha256() + REMEDY));
                }
            } catch (IOException e) {
                problems.add(new Problem(path.toString(), "cannot be read: " + Reason.of(e)));
            }
        }
        throwIfAny(problems);
    }

    private void checkSizes() {
        List<Problem> problems = new ArrayList<>();
        for (Manifest.StoredFile file : manifest.files()) {
            Path path = folder.resolve(file.name());
            try {
                long size = Files.isRegularFile(path) ? Files.size(path) : -1;
                if (size < 0) {
                    problems.add(new Problem(path.toString(), "is missing" + REMEDY));
                } else if (size != file.size()) {
                    problems.add(new Problem(
                            path.toString(), "has " + size + " bytes, its manifest says " + file.size() + REMEDY));
                }
            } catch (IOException e) {
                problems.add(new Problem(path.toString(), "cannot be read: " + Reason.of(e)));
            }
        }
        throwIfAny(problems);
    }

    private Contents contents(ColumnReader columns) throws IOException {
        int items = manifest.counts().items();
        int[] offsets = columns.ints(Layout.LOG + DatasetFile.OFFSETS);
        checkRising(Layout.LOG, offsets);
        InteractionLog log = InteractionLog.of(
                offsets,
                inRange(Layout.LOG_ITEMS, columns.ints(Layout.LOG_ITEMS), items),
                columns.longs(Layout.LOG_TIMES));
        List<Catalogue.TextColumn> texts = new ArrayList<>();
        for (int text = 0; text < manifest.itemTexts().size(); text++) {
            texts.add(new Catalogue.TextColumn(manifest.itemTexts().get(text), columns.strings(Layout.text(text))));
        }
        Vocabulary itemIds = new Vocabulary(columns.strings(Layout.ids(Layout.ITEMS)));
        if (itemIds.size() != items) {
            throw new IllegalArgumentException(itemIds.size() + " item ids for " + items + " items");
        }
        return new Contents(
                log,
                new Catalogue(
                        itemIds,
                        fields(columns, Layout.ITEMS, manifest.itemFields()),
                        texts,
                        numbers(columns, Layout.ITEMS, manifest.itemNumbers()),
                        vectors(columns, Layout.ITEMS, manifest.itemVectors())),
                new Vocabulary(columns.strings(Layout.ids(Layout.USERS))),
                fields(columns, Layout.USERS, manifest.userFields()),
                fields(columns, Layout.CONTEXT, manifest.contextFields()),
                split(columns, items),
                new NumericInputs(
                        numbers(columns, Layout.USERS, manifest.userNumbers()),
                        vectors(columns, Layout.USERS, manifest.userVectors()),
                        numbers(columns, Layout.CONTEXT, manifest.contextNumbers()),
                        List.of()));
    }

    private static List<NumberColumn> numbers(ColumnReader columns, String side, List<String> names)
            throws IOException {
        List<NumberColumn> numbers = new ArrayList<>();
        for (int number = 0; number < names.size(); number++) {
            numbers.add(new NumberColumn(names.get(number), columns.floats(Layout.number(side, number))));
        }
        return numbers;
    }

    private static List<VectorColumn> vectors(ColumnReader columns, String side, List<Manifest.Vectors> stored)
            throws IOException {
        List<VectorColumn> vectors = new ArrayList<>();
        for (int number = 0; number < stored.size(); number++) {
            Manifest.Vectors one = stored.get(number);
            vectors.add(new VectorColumn(one.name(), one.width(), columns.floats(Layout.vector(side, number)), ""));
        }
        return vectors;
    }

    private StoredSplit split(ColumnReader columns, int items) throws IOException {
        Manifest.Parts parts = manifest.parts();
        if (parts == null) {
            return new Negatives(
                    manifest.negatives(),
                    negatives(columns, Layout.TRAINING_NEGATIVES, items),
                    negatives(columns, Layout.VALIDATION_NEGATIVES, items),
                    negatives(columns, Layout.TEST_NEGATIVES, items));
        }
        // Contents checks the indices.
        return new StoredParts(
                parts.by(),
                samples(columns, Layout.TRAINING, parts),
                samples(columns, Layout.VALIDATION, parts.judged()),
                samples(columns, Layout.TEST, parts.judged()),
                parts.by().equals(StoredParts.FOLDS)
                        ? Optional.of(samples(columns, Layout.CALIBRATION, parts.judged()))
                        : Optional.empty(),
                columns.ints(Layout.TRAINING_LENGTHS),
                columns.ints(Layout.VALIDATION_LENGTHS),
                parts.contexts() ? columns.ints(Layout.LOG_CONTEXTS) : new int[0]);
    }

    private static Samples samples(ColumnReader columns, String part, Manifest.Parts parts) throws IOException {
        Instances rows = new Instances(
                columns.ints(Layout.users(part)),
                columns.ints(Layout.items(part)),
                columns.ints(Layout.positions(part)),
                parts.contexts() ? columns.ints(Layout.contexts(part)) : new int[0]);
        return parts.labelled()
                ? new Samples(
                        rows,
                        new Labels.Given(
                                columns.bytes(Layout.labels(part)),
                                parts.lists() ? columns.ints(Layout.lists(part)) : new int[0]))
                : new Samples(rows, parts.negatives());
    }

    private static List<Column> fields(ColumnReader columns, String side, List<String> names) throws IOException {
        List<Column> fields = new ArrayList<>();
        for (int number = 0; number < names.size(); number++) {
            String file = Layout.field(side, number);
            Vocabulary vocabulary = new Vocabulary(columns.strings(Layout.vocabulary(file)));
            int[] offsets = columns.ints(file + DatasetFile.OFFSETS);
            checkRising(file, offsets);
            fields.add(new Column(
                    names.get(number), vocabulary, offsets, inRange(file, columns.ints(file), vocabulary.size())));
        }
        return fields;
    }

    private static int[] negatives(ColumnReader columns, String name, int items) throws IOException {
        return inRange(name, columns.ints(name), items);
    }

    private static int[] inRange(String name, int[] values, int end) {
        for (int value : values) {
            if (value < 0 || value >= end) {
                throw new IllegalArgumentException(name + " contains " + value + ", allowed is 0 to " + (end - 1));
            }
        }
        return values;
    }

    private static void checkRising(String name, int[] offsets) {
        for (int row = 1; row < offsets.length; row++) {
            if (offsets[row] < offsets[row - 1]) {
                throw new IllegalArgumentException("offsets of " + name + " fall at row " + row);
            }
        }
    }

    private static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
