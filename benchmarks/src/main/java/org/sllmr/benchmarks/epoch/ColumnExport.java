// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.ModelFile;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.backbone.BackboneSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the training samples for the Python script: index.json, an int32 file for each column, and the initial
 * weights.
 *
 * <p>Histories and item columns are padded with -1 to equal widths for PyTorch.
 */
public final class ColumnExport {
    private final Path folder;
    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    private ColumnExport(Path folder) {
        this.folder = folder;
    }

    /**
     * The contents of index.json.
     *
     * @param columns shape of each column
     * @param itemColumns names of the item columns, in the order of the model's fields
     * @param settings of the model
     */
    private record Index(Map<String, int[]> columns, List<String> itemColumns, Settings settings) {}

    private record Settings(
            double learningRate,
            double weightDecay,
            String historyPooling,
            String backbone,
            BackboneSettings network) {}

    /** Exports training samples and the model's initial parameters. */
    static void write(Path folder, TrainingData data, Model trained) throws IOException {
        write(folder, data, trained, data.training());
    }

    /** Exports one row for each user, with an arbitrary item, for ranking. */
    public static void write(Path folder, TrainingData data, Model trained, int[] users, int[] positions)
            throws IOException {
        int[] twice =
                IntStream.range(0, 2 * users.length).map(row -> users[row / 2]).toArray();
        int[] at = IntStream.range(0, 2 * users.length)
                .map(row -> positions[row / 2])
                .toArray();
        write(folder, data, trained, new Samples(new Instances(twice, new int[twice.length], at), 1));
    }

    private static void write(Path folder, TrainingData data, Model trained, Samples samples) throws IOException {
        if (!data.userFields().isEmpty() || !data.contextFields().isEmpty()) {
            throw new InvalidInputException(
                    "dataset '" + data.name() + "'",
                    "has user or context fields, which this benchmark's Python script does not support; use one"
                            + " without");
        }
        ColumnExport export = new ColumnExport(folder);
        export.samples(data.log(), samples, trained.schema().historyLength());
        List<String> names = new ArrayList<>();
        for (Column column : data.catalogue().fields()) {
            String name = "item." + column.name();
            export.padded(name, column);
            names.add(name);
        }
        ModelSettings model = trained.settings();
        Settings settings = new Settings(
                model.optimizer().learningRate(),
                model.optimizer().tableWeightDecay(),
                model.schema().historyPooling().name(),
                Backbones.nameOf(model.backbone()),
                model.backbone());
        Files.writeString(
                folder.resolve("index.json"),
                JsonMapper.builder().build().writeValueAsString(new Index(export.shapes, names, settings)));
        ModelFile.write(folder.resolve("weights.safetensors"), trained, Map.of());
    }

    private void samples(InteractionLog log, Samples samples, int width) throws IOException {
        Instances rows = samples.instances();
        int[] labels = new int[rows.size()];
        int[] history = new int[Math.multiplyExact(rows.size(), width)];
        Arrays.fill(history, -1);
        for (int row = 0; row < rows.size(); row++) {
            labels[row] = samples.label(row);
            int position = rows.positions()[row];
            int length = Math.min(position, width);
            log.copyItems(rows.users()[row], position - length, position, history, row * width);
        }
        column("user", rows.users(), rows.size());
        column("item", rows.items(), rows.size());
        column("label", labels, rows.size());
        column("history", history, rows.size(), width);
    }

    private void padded(String name, Column column) throws IOException {
        int width = Math.max(1, column.widest());
        int[] values = new int[column.rows() * width];
        Arrays.fill(values, -1);
        for (int row = 0; row < column.rows(); row++) {
            int from = column.offsets()[row];
            System.arraycopy(column.values(), from, values, row * width, column.offsets()[row + 1] - from);
        }
        column(name, values, column.rows(), width);
    }

    private void column(String name, int[] values, int... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        Files.write(folder.resolve(name + ".bin"), bytes.array());
        shapes.put(name, shape);
    }
}
