// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.benchmarks.SmallDataset;
import org.sllmr.benchmarks.workload.PublishedSettings;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import picocli.CommandLine;

class EpochComparisonTest {
    @TempDir
    private Path folder;

    @Test
    void withoutPyTorchOnlyOwnRowsAreMeasured() throws IOException {
        SmallDataset.in(folder);
        ByteArrayOutputStream results = new ByteArrayOutputStream();
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        Path json = folder.resolve("result.json");
        int code = new CommandLine(new EpochComparison(
                        new PrintStream(results, true, StandardCharsets.UTF_8),
                        new PrintStream(progress, true, StandardCharsets.UTF_8)))
                .execute(
                        folder.resolve("dataset").toString(),
                        "--python=" + folder.resolve("no-python"),
                        "--rounds=1",
                        "--steps=3",
                        "--warm-up=3",
                        "--json=" + json);
        assertThat(code).isZero();
        assertThat(progress.toString(StandardCharsets.UTF_8))
                .contains("no-python' has no torch and numpy")
                .contains("round 1 of 1: sllmr dense, S-LLMR");
        assertThat(results.toString(StandardCharsets.UTF_8))
                .contains("| sllmr dense |", "| sllmr sparse |")
                .doesNotContain("PyTorch");
        assertThat(json).content().contains("\"processor\"", "\"versions\"", "\"sllmr dense, not ahead\"");
    }

    @Test
    void exportHoldsHistoriesLabelsAndPaddedItemColumns() throws IOException {
        TrainingData data = SmallDataset.in(folder).trainingData();
        Model model =
                new PublishedSettings("dcnv2").model(TableUpdates.DENSE, false).create(data, new Seed(1));
        ColumnExport.write(folder, data, model);

        IntBuffer history = ints("history.bin");
        IntBuffer labels = ints("label.bin");
        int width = 20;
        assertThat(history.limit()).isEqualTo(width * data.training().size());
        for (int row = 0; row < data.training().size(); row++) {
            int user = data.training().instances().users()[row];
            int position = data.training().instances().positions()[row];
            int length = Math.min(width, position);
            assertThat(labels.get(row)).isEqualTo(data.training().label(row));
            for (int i = 0; i < width; i++) {
                int expected = i < length ? data.log().item(user, position - length + i) : -1;
                assertThat(history.get(row * width + i)).isEqualTo(expected);
            }
        }
        int widest = data.catalogue().fields().get(1).widest();
        assertThat(widest).isGreaterThan(1);
        assertThat(ints("item.categories.bin").limit())
                .isEqualTo(widest * data.catalogue().size());
        assertThat(folder.resolve("index.json")).content().contains("item.brand", "\"weightDecay\":1.0E-4");
        assertThat(folder.resolve("weights.safetensors")).isNotEmptyFile();
    }

    private IntBuffer ints(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
    }
}
