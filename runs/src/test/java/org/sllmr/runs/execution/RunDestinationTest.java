// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.TrainingListener;

/** Trainings that were stopped, killed, started twice or started with other settings. */
class RunDestinationTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static SmallShop shop;

    @BeforeAll
    static void makeShop() throws IOException {
        shop = SmallShop.in(shared);
    }

    private static RunSettings settings(String... further) {
        List<String> all = new ArrayList<>(List.of(
                "model.backbone=mf", "model.embeddingDimension=8", "training.maxEpochs=4", "training.patience=4"));
        all.addAll(List.of(further));
        return RunConfiguration.reader().assignments(all).read().on(shop.dataset(), Optional.of(shop.teacher()));
    }

    /** Counts epochs, and interrupts after one of them. */
    private static final class Stopping implements TrainingListener {
        private final int after;
        private int trained;

        Stopping(int after) {
            this.after = after;
        }

        @Override
        public void epoch(EpochRecord epoch) {
            trained++;
            if (epoch.epoch() == after) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RunFolder run(RunSettings settings, Stopping stopping) throws Exception {
        try {
            return RunExecution.execute(settings, RunInputs.of(settings), folder.resolve("run"), stopping);
        } finally {
            // Clears the interrupt of a run that was stopped while it wrote.
            boolean left = Thread.interrupted();
            assertThat(left && stopping.after < 0).isFalse();
        }
    }

    @Test
    void aCompleteRunIsNotRepeatedAndLeftoversAreRemoved() throws Exception {
        RunFolder made = run(settings(), new Stopping(-1));
        // As left by a process that is killed after it wrote the run.
        Files.writeString(folder.resolve(".run.checkpoint"), "left");
        Files.writeString(folder.resolve(".run.fingerprint"), "left");
        Files.createDirectory(folder.resolve(".run.unfinished-0-0-0"));
        Stopping none = new Stopping(-1);
        assertThat(run(settings("training.prepareAhead=false"), none)).isEqualTo(made);
        assertThat(none.trained).isZero();
        assertThat(names()).containsExactly("run");
    }

    @Test
    void aRunOfOtherSettingsIsRefusedAndKept() throws Exception {
        RunFolder made = run(settings(), new Stopping(-1));
        assertThatThrownBy(() -> run(settings("training.batchSize=64"), new Stopping(-1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a run of other settings")
                .hasMessageContaining("training.batchSize (128 there, 64 now)")
                .hasMessageContaining("give another --out, or delete");
        assertThat(RunFolder.open(folder.resolve("run"))).isEqualTo(made);
        assertThat(names()).containsExactly("run");
    }

    @Test
    void aStoppedTrainingResumesWithTheSameSettingsOnly() throws Exception {
        RunSettings guided = settings("guidance=selective-pairwise");
        assertThatThrownBy(() -> run(guided, new Stopping(2))).isInstanceOf(InterruptedException.class);
        assertThat(names()).containsExactlyInAnyOrder(".run.checkpoint", ".run.fingerprint");
        assertThatThrownBy(() -> run(settings("guidance=selective-pairwise", "seed=5"), new Stopping(-1)))
                .hasMessageContaining("holds a stopped training of other settings")
                .hasMessageContaining("seed (1 there, 5 now)");
        byte[] scores = Files.readAllBytes(shop.teacher());
        try {
            TeacherTableFile.read(shop.teacher()).shuffled(new Seed(5)).write(shop.teacher());
            assertThatThrownBy(() -> run(guided, new Stopping(-1)))
                    .hasMessageContaining("what differs: the teacher's scores;");
        } finally {
            Files.write(shop.teacher(), scores);
        }
        Stopping rest = new Stopping(-1);
        run(guided, rest);
        assertThat(rest.trained).isBetween(2, 3);
        assertThat(names()).containsExactly("run");
    }

    @Test
    void aDamagedFingerprintIsNotTakenForOtherSettings() throws Exception {
        assertThatThrownBy(() -> run(settings(), new Stopping(2))).isInstanceOf(InterruptedException.class);
        Path file = folder.resolve(".run.fingerprint");
        byte[] written = Files.readAllBytes(file);
        for (int at = 0; at < written.length; at += 7) {
            byte[] flipped = written.clone();
            flipped[at] ^= 1;
            Files.write(file, flipped);
            assertThatThrownBy(() -> run(settings(), new Stopping(-1)))
                    .as("byte %d", at)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(".run.fingerprint: is damaged")
                    .hasMessageNotContaining("what differs");
        }
        Files.delete(file);
        Path checkpoint = folder.resolve(".run.checkpoint");
        byte[] kept = Files.readAllBytes(checkpoint);
        assertThatThrownBy(() -> run(settings("seed=5"), new Stopping(-1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(".run.checkpoint: is the checkpoint of a stopped training of other settings");
        assertThat(checkpoint).hasBinaryContent(kept);
        assertThat(file).doesNotExist();
        Stopping rest = new Stopping(-1);
        run(settings(), rest);
        assertThat(rest.trained).as("epochs after the checkpoint").isBetween(2, 3);
        assertThat(names()).containsExactly("run");
    }

    @Test
    void aSecondTrainingIsRefusedFirst() throws Exception {
        try (RunDestination taken = RunDestination.lock(folder.resolve("run"))) {
            assertThat(taken.path()).isEqualTo(folder.resolve("run"));
            assertThatThrownBy(() -> run(settings(), new Stopping(-1)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is in use by another training");
        }
        assertThat(names()).isEmpty();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
