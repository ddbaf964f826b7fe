// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.sllmr.data.file.Sha256;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.Checkpoint;
import org.sllmr.training.Snapshot;
import org.sllmr.training.checkpoint.CheckpointFile;
import org.sllmr.training.guidance.CalibratedPairwise;
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
     * @param folder where the run folder is to be; the checkpoint is a hidden file beside it
     * @param references where runs share the backbone alone; empty if it is this run's own
     */
    static RunCheckpoint of(RunSettings settings, RunInputs inputs, Path folder, Optional<Path> references) {
        Path place = folder.toAbsolutePath().normalize();
        String scores = inputs.teacher().map(RunCheckpoint::hash).orElse("");
        CheckpointFile own = new CheckpointFile(
                place.resolveSibling("." + place.getFileName() + ".checkpoint"),
                Sha256.of(RunConfiguration.write(settings)
                        + inputs.dataset().manifest().contentHash()
                        + scores));
        if (references.isPresent() && settings.guidance() instanceof CalibratedPairwise guidance) {
            String alone = alone(settings, guidance, inputs);
            return new RunCheckpoint(own, new CheckpointFile(references.get().resolve(alone + ".checkpoint"), alone));
        }
        return new RunCheckpoint(own, own.reference());
    }

    private static String hash(TeacherTable table) {
        return new Sha256()
                .add(table.offsets())
                .add(table.items())
                .add(table.scores())
                .add(Arrays.toString(table.heldOut()))
                .hex();
    }

    /** Names all that decides the training of the backbone alone. */
    private static String alone(RunSettings settings, CalibratedPairwise guidance, RunInputs inputs) {
        RunSettings backbone = new RunSettings(
                Optional.empty(),
                Optional.empty(),
                settings.seed(),
                settings.model(),
                settings.training().withMaxEpochs(guidance.referenceEpochs()).withPrepareAhead(false),
                None.defaults());
        boolean[] heldOut = inputs.teacher().map(TeacherTable::heldOut).orElse(new boolean[0]);
        return Sha256.of(RunConfiguration.write(backbone)
                + inputs.dataset().manifest().contentHash()
                + Arrays.toString(heldOut));
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
