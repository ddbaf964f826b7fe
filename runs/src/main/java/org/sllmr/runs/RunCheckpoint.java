// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.Checkpoint;
import org.sllmr.training.Snapshot;
import org.sllmr.training.checkpoint.CheckpointFile;
import org.sllmr.training.guidance.None;

/**
 * The checkpoints of a run's training, kept until the run folder exists.
 *
 * <p>The reference training (the backbone alone, first) of calibrated guidance depends neither on lambda nor on the
 * teacher's scores, so runs that differ only in these can share it.
 *
 * @param own of the guided training
 * @param reference of the reference training; the run's own, or shared
 */
record RunCheckpoint(CheckpointFile own, CheckpointFile reference) implements Checkpoint {
    /**
     * The checkpoints of a run.
     *
     * @param file file of the run's own checkpoint
     * @param references folder of shared reference trainings; empty for one of the run's own
     */
    static RunCheckpoint of(
            RunSettings settings, RunInputs inputs, Fingerprint fingerprint, Path file, Optional<Path> references) {
        CheckpointFile own = new CheckpointFile(file, fingerprint.hash());
        if (references.isEmpty()) {
            return new RunCheckpoint(own, own.reference());
        }
        Path folder = references.get();
        return new RunCheckpoint(
                own,
                reference(settings, inputs)
                        .map(alone -> new CheckpointFile(folder.resolve(alone + ".checkpoint"), alone))
                        .orElse(own.reference()));
    }

    /** A hash of everything that decides the reference training, if there is one. */
    static Optional<String> reference(RunSettings settings, RunInputs inputs) {
        OptionalInt epochs = settings.guidance().epochsAlone();
        return epochs.isPresent() ? Optional.of(alone(settings, epochs.getAsInt(), inputs)) : Optional.empty();
    }

    private static String alone(RunSettings settings, int epochs, RunInputs inputs) {
        RunSettings backbone = new RunSettings(
                Optional.empty(),
                Optional.empty(),
                settings.seed(),
                settings.model(),
                settings.training().withMaxEpochs(epochs),
                None.defaults());
        boolean[] heldOut = inputs.teacher().map(TeacherTable::heldOut).orElse(new boolean[0]);
        Fingerprint alone = Fingerprint.of(backbone, inputs.dataset().manifest().contentHash(), Optional.empty())
                .with("held out", Arrays.toString(heldOut));
        return alone.withTexts(WrittenKnowledge.sources(settings.model())).hash();
    }

    @Override
    public Optional<Snapshot> load() throws IOException {
        return own.load();
    }

    @Override
    public void save(Snapshot snapshot) throws IOException {
        own.save(snapshot);
    }

    /**
     * Requires that the run's own checkpoints, if there are any, are of this training.
     *
     * @throws InvalidInputException if they are of another one, or cannot be read
     */
    void requireOwn() {
        for (CheckpointFile file : List.of(own, own.reference())) {
            try {
                file.load();
            } catch (IOException e) {
                throw new InvalidInputException(file.file().toString(), "cannot be read: " + Reason.of(e));
            }
        }
    }

    /** Removes the run's own checkpoints; a shared reference stays. */
    void delete() {
        own.delete();
    }
}
