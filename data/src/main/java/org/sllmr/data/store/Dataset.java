// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Part;
import org.sllmr.data.Samples;
import org.sllmr.data.TestData;
import org.sllmr.data.TrainingData;
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
                DatasetNames.of(contents)
                        .manifest(
                                origin,
                                counts(contents),
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
        return new Dataset(DatasetNames.of(contents).manifest(origin, counts(contents), List.of(hashed)), contents);
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

    private static Manifest.Counts counts(Contents contents) {
        InteractionLog log = contents.log();
        TimeRange times = new TimeRange();
        times.add(log);
        return times.counts(log.users(), contents.catalogue(), log.size());
    }
}
