// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A Python interpreter with PyTorch, and its script. */
final class Python {
    private static final String SCRIPT = "ctr_epoch.py";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final String executable;
    private final Path folder;
    private final int batch;
    private final Optional<Path> preload;
    private final String version;

    /**
     * The output of the script.
     *
     * @param torch version of PyTorch
     * @param parameters number of parameters
     * @param steps number of timed steps
     * @param seconds wall time of the timed steps
     * @param processorSeconds processor time of the timed steps, all processors together
     * @param losses loss of each step, if requested
     */
    record Answer(
            String torch,
            long parameters,
            int steps,
            double seconds,
            double processorSeconds,
            Optional<double[]> losses) {}

    /** Memory allocation of the process. */
    enum Memory {
        /** The system's default. */
        USUAL,
        /** Large blocks are kept instead of returned to the system, so that gradients use mapped pages. */
        KEPT
    }

    private Python(String executable, Path folder, int batch, Optional<Path> preload, String version) {
        this.executable = executable;
        this.folder = folder;
        this.batch = batch;
        this.preload = preload;
        this.version = version;
    }

    /**
     * Finds a Python interpreter.
     *
     * @param folder the folder for the script and its data
     * @param batch samples a step
     * @param preload memory allocator for {@link Memory#KEPT}, instead of the system's
     * @return empty if it has no PyTorch or cannot start
     */
    static Optional<Python> find(String executable, Path folder, int batch, Optional<Path> preload)
            throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(executable, "-c", "import numpy, torch; print(torch.__version__)")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String version = text(process.getInputStream()).strip();
            if (process.waitFor() != 0) {
                return Optional.empty();
            }
            try (InputStream script = Python.class.getResourceAsStream(SCRIPT)) {
                if (script == null) {
                    throw new IllegalStateException(SCRIPT + " is not in the jar");
                }
                Files.copy(script, folder.resolve(SCRIPT));
            }
            return Optional.of(new Python(executable, folder, batch, preload, version));
        } catch (IOException absent) {
            if (Files.isExecutable(Path.of(executable))) {
                throw absent;
            }
            return Optional.empty();
        }
    }

    /** Version of PyTorch. */
    String version() {
        return version;
    }

    /** Times steps. */
    Answer train(int steps, Memory memory, List<String> arguments) throws IOException, InterruptedException {
        return run(memory, arguments, steps);
    }

    /** Losses of the first steps, without dropout and in stored order. */
    Answer losses(int steps, List<String> arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--check");
        return run(Memory.USUAL, all, steps);
    }

    private Answer run(Memory memory, List<String> arguments, int steps) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(executable, folder.resolve(SCRIPT).toString(), folder.toString()));
        command.addAll(List.of("--steps", String.valueOf(steps), "--batch", String.valueOf(batch)));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        if (memory == Memory.KEPT) {
            environment.put("MALLOC_MMAP_THRESHOLD_", "1073741824");
            environment.put("MALLOC_TRIM_THRESHOLD_", "4294967296");
            environment.put("MALLOC_TOP_PAD_", "67108864");
            preload.ifPresent(library -> environment.put("LD_PRELOAD", library.toString()));
        }
        Path errors = folder.resolve("errors.txt");
        Process process = builder.redirectError(errors.toFile()).start();
        try {
            String answer = text(process.getInputStream());
            if (process.waitFor() != 0) {
                throw new InvalidInputException(
                        String.join(" ", command),
                        "failed: " + Files.readString(errors).strip());
            }
            return JSON.readValue(answer, Answer.class);
        } finally {
            process.destroy();
        }
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
