// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.concurrent.Workers;

/** The model in ONNX Runtime, in this process: each request is a row for every item, with user and history repeated. */
final class OnnxRows implements AutoCloseable {
    private static final Set<String> INPUTS = Set.of("user", "item", "history", "history_length");

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final int items;
    private final int block;

    /**
     * Reads a model.
     *
     * @param threads threads of one call
     * @param items items of the catalogue
     * @param block rows of one call
     * @throws InvalidInputException if the model has inputs that are not of a user, an item or a history
     */
    OnnxRows(Path file, int threads, int items, int block) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            this.session = environment.createSession(file.toString(), options);
        }
        this.items = items;
        this.block = block;
        if (!INPUTS.containsAll(session.getInputNames())) {
            throw new InvalidInputException(
                    file.toString(),
                    "has the inputs " + session.getInputNames() + "; this benchmark knows no others than " + INPUTS);
        }
    }

    /** The scores of all items for one user. */
    float[] scores(int user, int[] history) throws OrtException {
        float[] scores = new float[items];
        for (int from = 0; from < items; from += block) {
            int count = Math.min(block, items - from);
            Map<String, OnnxTensor> tensors = new HashMap<>();
            try {
                for (String name : session.getInputNames()) {
                    tensors.put(name, tensor(name, user, history, from, count));
                }
                try (OrtSession.Result result = session.run(tensors)) {
                    System.arraycopy((float[]) result.get(0).getValue(), 0, scores, from, count);
                }
            } finally {
                tensors.values().forEach(OnnxTensor::close);
            }
        }
        return scores;
    }

    private OnnxTensor tensor(String name, int user, int[] history, int from, int count) throws OrtException {
        int width = name.equals("history") ? Math.max(1, history.length) : 1;
        long[] values = new long[count * width];
        switch (name) {
            case "user" -> Arrays.fill(values, user);
            case "item" -> Arrays.setAll(values, row -> from + row);
            case "history_length" -> Arrays.fill(values, history.length);
            default -> Arrays.setAll(values, at -> at % width < history.length ? history[at % width] : -1);
        }
        long[] shape = name.equals("history") ? new long[] {count, width} : new long[] {count};
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    /**
     * How quickly users were scored.
     *
     * @param rate users a second
     * @param processorMillis processor time a user
     */
    record Speed(double rate, double processorMillis) {}

    /**
     * Scores the questions' users for some time.
     *
     * @param callers threads that ask, each for a user of its own
     */
    Speed speed(Questions questions, int callers, double seconds) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        long processor = processorTime();
        List<Callable<Integer>> work = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            work.add(() -> {
                int done = 0;
                for (; System.nanoTime() - start < seconds * 1e9; done++) {
                    int at = next.getAndIncrement() % questions.users().length;
                    scores(questions.users()[at], questions.histories().get(at));
                }
                return done;
            });
        }
        try (Workers workers = new Workers(callers, "onnx")) {
            int done = workers.all(work).stream().mapToInt(Integer::intValue).sum();
            return new Speed(done / ((System.nanoTime() - start) / 1e9), (processorTime() - processor) / 1e6 / done);
        }
    }

    private static long processorTime() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
