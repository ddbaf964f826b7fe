// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Build;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.Part;
import org.sllmr.data.Samples;
import org.sllmr.data.TestData;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.concurrent.Blocks;

/**
 * A prepared dataset: interactions in order, and the samples of training, validation and test.
 *
 * <p>With leave-one-out, of each user's interactions the last is the test positive and the one before it the validation positive; the
 * others are training positives, except the first, which is history only, as in Kang and McAuley 2018 and most work on
 * the Amazon data since.
 */
public final class Dataset {
    private final Manifest manifest;
    private final Contents contents;
    private @Nullable TrainingData trainingData;
    private @Nullable TestData testData;

    Dataset(Manifest manifest, Contents contents) {
        this.manifest = manifest;
        this.contents = contents;
    }

    /** A dataset in memory; its hash is that of the folder it would be written to. */
    public static Dataset of(Contents contents, DatasetOrigin origin) {
        return new Dataset(
                manifest(
                        contents,
                        origin,
                        Layout.files(contents).stream().map(Hashes::of).toList()),
                contents);
    }

    /**
     * The same, faster for a large dataset.
     *
     * @param blocks the threads that hash the columns
     */
    public static Dataset of(Contents contents, DatasetOrigin origin, Blocks blocks) throws InterruptedException {
        List<DatasetFile> files = Layout.files(contents);
        Manifest.StoredFile[] hashed = new Manifest.StoredFile[files.size()];
        blocks.run(hashed.length, 1, (from, to) -> {
            for (int file = from; file < to; file++) {
                hashed[file] = Hashes.of(files.get(file));
            }
        });
        return new Dataset(manifest(contents, origin, List.of(hashed)), contents);
    }

    /**
     * Reads a dataset folder.
     *
     * <p>Every byte that is read is checked against the checksum of its file, and every index against its vocabulary;
     * {@link #verify} checks the files' SHA-256.
     *
     * @throws org.sllmr.configuration.InvalidInputException if the folder is not a dataset of this version, or is
     *     damaged
     */
    public static Dataset open(Path folder) {
        Manifest manifest = ManifestFile.read(folder);
        return new Dataset(manifest, new DatasetReader(folder, manifest).read());
    }

    /**
     * Checks the hash of every file of a dataset folder.
     *
     * @throws org.sllmr.configuration.InvalidInputException with every file that differs
     */
    public static void verify(Path folder) {
        new DatasetReader(folder, ManifestFile.read(folder)).verify();
    }

    /** What the dataset is and what it was made from. */
    public Manifest manifest() {
        return manifest;
    }

    /** What training, tuning and the teacher may see. */
    public synchronized TrainingData trainingData() {
        if (trainingData == null) {
            trainingData = splitForTraining();
        }
        return trainingData;
    }

    private TrainingData splitForTraining() {
        InteractionLog log;
        Samples training;
        Part validation;
        Optional<Samples> calibration = Optional.empty();
        if (contents.split() instanceof StoredParts parts) {
            log = parts.trainingLog(contents.log());
            training = parts.training();
            validation = new Part(parts.validationLog(contents.log()), parts.validation());
            calibration = parts.calibration();
        } else {
            LeaveOneOut split = leaveOneOut();
            log = contents.log().withholdLast(2);
            training = split.training();
            validation = new Part(log, split.validation());
        }
        return new TrainingData(
                manifest.name(),
                manifest.contentHash(),
                log,
                contents.catalogue(),
                contents.userIds(),
                contents.userFields(),
                contents.contextFields(),
                training,
                validation,
                calibration,
                contents.numeric());
    }

    /**
     * All interactions and samples, those of validation and test among the training ones, and nothing to validate on. As in
     * training, a user's first interaction is history only, unless rows have labels. Only for a model that serves and is
     * never judged on this dataset.
     */
    public TrainingData everything() {
        TrainingData training = trainingData();
        TestData test = testData();
        InteractionLog log =
                contents.split() instanceof StoredParts parts ? parts.withContexts(contents.log()) : contents.log();
        Samples merged = Samples.merged(
                List.of(training.training(), training.validation().samples(), test.test()), log.users());
        int[] positions = merged.instances().positions();
        Samples all = merged.labelled()
                ? merged
                : merged.select(IntStream.range(0, positions.length)
                        .filter(row -> positions[row] > 0)
                        .toArray());
        return new TrainingData(
                training.name(),
                training.hash(),
                log,
                training.catalogue(),
                training.userIds(),
                training.userFields(),
                training.contextFields(),
                all,
                new Part(log, all.select(new int[0])),
                training.numeric());
    }

    private LeaveOneOut leaveOneOut() {
        return new LeaveOneOut(contents.log(), (Negatives) contents.split());
    }

    /** What evaluation uses. */
    public synchronized TestData testData() {
        if (testData == null) {
            testData = contents.split() instanceof StoredParts parts
                    ? new TestData(parts.withContexts(contents.log()), parts.test())
                    : new TestData(contents.log().withholdLast(1), leaveOneOut().test());
        }
        return testData;
    }

    /**
     * All interactions, those of validation and test too: what is known when a trained model goes into service. No training
     * that is judged may see them.
     */
    public InteractionLog allInteractions() {
        return contents.split() instanceof StoredParts parts ? parts.withContexts(contents.log()) : contents.log();
    }

    /** The time of the first test interaction, seconds since 1970, or {@link InteractionLog#NO_TIME}. */
    public long firstTestTime() {
        InteractionLog all = contents.log();
        InteractionLog before =
                contents.split() instanceof StoredParts parts ? parts.validationLog(all) : all.withholdLast(1);
        long first = Long.MAX_VALUE;
        for (int user = 0; user < all.users(); user++) {
            for (int position = before.length(user); position < all.length(user); position++) {
                long time = all.time(user, position);
                first = time == InteractionLog.NO_TIME ? first : Math.min(first, time);
            }
        }
        return first == Long.MAX_VALUE ? InteractionLog.NO_TIME : first;
    }

    /** What decided on the parts: {@code leave-one-out}, {@code time}, {@code files}, {@code users} or {@code folds}. */
    public String partsBy() {
        return contents.split() instanceof StoredParts parts ? parts.kind() : "leave-one-out";
    }

    /** Number of interactions of each user in all parts: {@code [users]}. */
    public int[] historyLengths() {
        return IntStream.range(0, contents.log().users())
                .map(contents.log()::length)
                .toArray();
    }

    Contents contents() {
        return contents;
    }

    private static Manifest manifest(Contents contents, DatasetOrigin origin, List<Manifest.StoredFile> files) {
        List<String> userFields = names(contents.userFields());
        List<String> itemFields = names(contents.catalogue().fields());
        List<String> itemTexts = contents.catalogue().texts().stream()
                .map(Catalogue.TextColumn::name)
                .toList();
        List<String> contextFields = names(contents.contextFields());
        List<String> named = new ArrayList<>();
        userFields.forEach(name -> named.add("user field " + name));
        itemFields.forEach(name -> named.add("item field " + name));
        itemTexts.forEach(name -> named.add("item text " + name));
        contextFields.forEach(name -> named.add("context field " + name));
        List<String> userNumbers = numberNames(contents.numeric().userNumbers());
        List<String> itemNumbers = numberNames(contents.catalogue().numbers());
        List<String> contextNumbers = numberNames(contents.numeric().contextNumbers());
        List<Manifest.Vectors> userVectors = vectors(contents.numeric().userVectors());
        List<Manifest.Vectors> itemVectors = vectors(contents.catalogue().vectors());
        userNumbers.forEach(name -> named.add("user number " + name));
        itemNumbers.forEach(name -> named.add("item number " + name));
        contextNumbers.forEach(name -> named.add("context number " + name));
        userVectors.forEach(vector -> named.add("user vector " + vector.name() + " of " + vector.width()));
        itemVectors.forEach(vector -> named.add("item vector " + vector.name() + " of " + vector.width()));
        if (contents.split() instanceof StoredParts parts) {
            named.add("parts by " + parts.kind());
        }
        return new Manifest(
                Manifest.FORMAT,
                Manifest.FORMAT_VERSION,
                origin.name(),
                Hashes.content(named, files),
                "sllmr " + Build.current().text(),
                origin.seed(),
                contents.split() instanceof Negatives negatives ? negatives.perPositive() : 0,
                counts(contents),
                contents.split() instanceof StoredParts parts ? Manifest.Parts.of(parts) : null,
                userFields,
                itemFields,
                itemTexts,
                contextFields,
                userNumbers,
                itemNumbers,
                contextNumbers,
                userVectors,
                itemVectors,
                origin.sources(),
                origin.settings(),
                files);
    }

    private static Manifest.Counts counts(Contents contents) {
        InteractionLog log = contents.log();
        long earliest = Long.MAX_VALUE;
        long latest = InteractionLog.NO_TIME;
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                long time = log.time(user, position);
                if (time != InteractionLog.NO_TIME) {
                    earliest = Math.min(earliest, time);
                    latest = Math.max(latest, time);
                }
            }
        }
        return new Manifest.Counts(
                log.users(),
                contents.catalogue().size(),
                log.size(),
                withoutText(contents.catalogue()),
                latest == InteractionLog.NO_TIME ? InteractionLog.NO_TIME : earliest,
                latest);
    }

    private static int withoutText(Catalogue catalogue) {
        int count = 0;
        for (int item = 0; item < catalogue.size(); item++) {
            boolean empty = true;
            for (Catalogue.TextColumn text : catalogue.texts()) {
                empty &= text.values().get(item).isBlank();
            }
            if (empty) {
                count++;
            }
        }
        return count;
    }

    private static List<String> names(List<Column> fields) {
        return fields.stream().map(Column::name).toList();
    }

    private static List<String> numberNames(List<NumberColumn> numbers) {
        return numbers.stream().map(NumberColumn::name).toList();
    }

    private static List<Manifest.Vectors> vectors(List<VectorColumn> vectors) {
        return vectors.stream()
                .map(vector -> new Manifest.Vectors(vector.name(), vector.width()))
                .toList();
    }
}
