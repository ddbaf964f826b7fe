// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.file.ChildProcess;
import org.sllmr.model.TrainingState;
import org.sllmr.training.Snapshot;

/** A checkpoint that there is no space for. */
class FullDiskTest {
    @TempDir
    private Path folder;

    private static Snapshot snapshot(int floats, int steps) {
        float[] weights = new float[floats];
        Arrays.fill(weights, steps);
        return new Snapshot(
                new TrainingState(List.of(weights), steps, 0.1), List.of(weights), new double[] {steps}, List.of());
    }

    private static CheckpointFile checkpoint(Path folder) {
        return new CheckpointFile(folder.resolve("checkpoint"), "same");
    }

    /** The process with the limit: saves two snapshots, the second of which is too large, and prints the failure. */
    public static final class Saver {
        private Saver() {}

        public static void main(String[] arguments) throws IOException {
            CheckpointFile checkpoint = checkpoint(Path.of(arguments[0]));
            checkpoint.save(snapshot(1_000, 1));
            try {
                checkpoint.save(snapshot(100_000, 2));
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void theFileIsNamedAndTheLastSnapshotIsKept() throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = ChildProcess.startWithSmallFiles(Saver.class, folder, output);
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        assertThat(output).hasContent(folder.resolve("checkpoint") + ": File too large\n");
        assertThat(checkpoint(folder).load().orElseThrow().model().steps()).isEqualTo(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }
}
