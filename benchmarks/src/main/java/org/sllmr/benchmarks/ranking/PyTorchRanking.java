// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.ranking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sllmr.benchmarks.epoch.ColumnExport;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scoring whole rows with DCN-V2 in PyTorch, with the weights of an sllmr model.
 *
 * @param torch version of PyTorch
 * @param rows the results
 * @param difference largest difference to sllmr's scores, relative to the largest score
 */
record PyTorchRanking(String torch, List<Row> rows, double difference) {
    private static final String SCRIPT = "ctr_ranking.py";
    private static final String MODEL = "ctr_epoch.py";

    /**
     * One measurement.
     *
     * @param name its description
     * @param rate scores a second
     * @param microseconds processor time of a score
     */
    record Row(String name, double rate, double microseconds) {}

    private record Answer(String torch, List<Row> rows) {}

    /** Times PyTorch; empty if that Python has no PyTorch. */
    static Optional<PyTorchRanking> measure(String python, TrainingData data, Model model, int[] users)
            throws IOException, InterruptedException {
        if (!hasTorch(python)) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("sllmr-ranking");
        try {
            InteractionLog log = data.log();
            ColumnExport.write(folder, data, model, users, RankingSpeed.positions(log, users));
            for (String script : List.of(SCRIPT, MODEL)) {
                try (InputStream source = ColumnExport.class.getResourceAsStream(script)) {
                    if (source == null) {
                        throw new IllegalStateException(script + " is not in the jar");
                    }
                    Files.copy(source, folder.resolve(script));
                }
            }
            Answer answer = run(
                    python,
                    folder,
                    data.catalogue().size(),
                    Runtime.getRuntime().availableProcessors());
            return Optional.of(
                    new PyTorchRanking(answer.torch(), answer.rows(), difference(folder, data, model, users[0])));
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static boolean hasTorch(String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import numpy, torch")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Answer run(String python, Path folder, int items, int threads)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                python,
                "-B",
                folder.resolve(SCRIPT).toString(),
                folder.toString(),
                "--items",
                String.valueOf(items),
                "--threads",
                String.valueOf(threads));
        Path errors = folder.resolve("errors.txt");
        Process process = builder.redirectError(errors.toFile()).start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new InvalidInputException(
                        SCRIPT, "failed: " + Files.readString(errors).strip());
            }
            return JsonMapper.builder().build().readValue(text, Answer.class);
        } finally {
            process.destroy();
        }
    }

    private static double difference(Path folder, TrainingData data, Model model, int user) throws IOException {
        int items = data.catalogue().size();
        float[] theirs = new float[items];
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("scores.bin")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(theirs);
        int[] userOf = new int[items];
        int[] positions = new int[items];
        Arrays.fill(userOf, user);
        Arrays.fill(positions, data.log().length(user));
        float[] ours = model.score(
                data.log(), new Instances(userOf, IntStream.range(0, items).toArray(), positions));
        double largest = 0;
        double scale = 0;
        for (int item = 0; item < items; item++) {
            largest = Math.max(largest, Math.abs(ours[item] - theirs[item]));
            scale = Math.max(scale, Math.abs(ours[item]));
        }
        return largest / scale;
    }
}
