// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.Checkpoint;
import org.sllmr.training.Snapshot;
import org.sllmr.training.checkpoint.CheckpointFile;
import org.sllmr.training.guidance.None;

/**
 * Where a run's training keeps its snapshots until the run folder is there.
 *
 * <p>The backbone alone, which the calibrated guidance has trained first, knows neither lambda nor what the teacher says:
 * runs that differ in nothing else can share it, and train it once.
 *
 * @param own of the training itself
 * @param reference of the backbone alone; the run's own, or shared
 */
record RunCheckpoint(CheckpointFile own, CheckpointFile reference) implements Checkpoint {
    /**
     * That of a run.
     *
     * @param file where the run's own is kept
     * @param references where runs share the backbone alone; empty if it is this run's own
     */
    static RunCheckpoint of(
            RunSettings settings, RunInputs inputs, Fingerprint fingerprint, Path file, Optional<Path> references) {
        CheckpointFile own = new CheckpointFile(file, fingerprint.hash());
        OptionalInt epochs = settings.guidance().epochsAlone();
        if (references.isPresent() && epochs.isPresent()) {
            String alone = alone(settings, epochs.getAsInt(), inputs);
            return new RunCheckpoint(own, new CheckpointFile(references.get().resolve(alone + ".checkpoint"), alone));
        }
        return new RunCheckpoint(own, own.reference());
    }

    /** Names all that decides the training of the backbone alone. */
    private static String alone(RunSettings settings, int epochs, RunInputs inputs) {
        RunSettings backbone = new RunSettings(
                Optional.empty(),
                Optional.empty(),
                settings.seed(),
                settings.model(),
                settings.training().withMaxEpochs(epochs),
                None.defaults());
        boolean[] heldOut = inputs.teacher().map(TeacherTable::heldOut).orElse(new boolean[0]);
        return Fingerprint.of(backbone, inputs.dataset().manifest().contentHash(), Optional.empty())
                .with("held out", Arrays.toString(heldOut))
                .hash();
    }

    @Override
    public Optional<Snapshot> load() throws IOException {
        return own.load();
    }

    @Override
    public void save(Snapshot snapshot) throws IOException {
        own.save(snapshot);
    }

    /** Removes what is this run's own; a backbone alone that others may go on from stays. */
    void delete() {
        own.delete();
    }
}
