// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.PairColumn;
import org.sllmr.data.TrainingData;

/** A file in ONNX Runtime, and rows of a dataset as its inputs. */
final class OnnxSession implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final TrainingData data;

    OnnxSession(Path file, TrainingData data) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // Threads of its own would spend more on waiting for each other than on these few rows.
            options.setIntraOpNumThreads(1);
            this.session = environment.createSession(file.toString(), options);
        }
        this.data = data;
    }

    Map<String, String> metadata() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    Map<String, NodeInfo> inputs() throws OrtException {
        return session.getInputInfo();
    }

    /**
     * Scores rows.
     *
     * @param padding places of a history's array that are not used; filled with anything
     */
    float[] score(InteractionLog log, Instances rows, int padding, Random random) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        for (Map.Entry<String, NodeInfo> input : inputs().entrySet()) {
            tensors.put(input.getKey(), tensor(input.getKey(), log, rows, padding, random));
            boolean whole = ((TensorInfo) input.getValue().getInfo()).type == ai.onnxruntime.OnnxJavaType.INT64;
            if (whole != (tensors.get(input.getKey()).getInfo().type == ai.onnxruntime.OnnxJavaType.INT64)) {
                throw new IllegalStateException(input.toString());
            }
        }
        try (OrtSession.Result result = session.run(tensors)) {
            float[] scores = (float[]) result.get(0).getValue();
            if (scores.length != rows.size()) {
                throw new IllegalStateException(scores.length + " scores");
            }
            return scores;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(String name, InteractionLog log, Instances rows, int padding, Random random)
            throws OrtException {
        int n = rows.size();
        int[] lengths = IntStream.range(0, n).map(row -> length(log, rows, row)).toArray();
        if (name.equals("user")) {
            return longs(Arrays.stream(rows.users()).asLongStream().toArray(), n);
        } else if (name.equals("item")) {
            return longs(Arrays.stream(rows.items()).asLongStream().toArray(), n);
        } else if (name.equals("history_length")) {
            return longs(Arrays.stream(lengths).asLongStream().toArray(), n);
        } else if (name.equals("history")) {
            int longest = Math.max(1, Arrays.stream(lengths).max().orElse(0) + padding);
            long[] items = random.longs((long) n * longest, -3, 900).toArray();
            for (int row = 0; row < n; row++) {
                for (int i = 0; i < lengths[row]; i++) {
                    items[row * longest + i] = log.item(rows.users()[row], i);
                }
            }
            return longs(items, n, longest);
        }
        String column = name.substring(name.indexOf('.') + 1);
        for (Column one : data.contextFields()) {
            if (name.equals("context." + one.name())) {
                return values(one, log, rows, padding);
            }
        }
        float[] numbers = new float[n];
        for (int row = 0; row < n; row++) {
            numbers[row] = number(name, column, log, rows, row);
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), new long[] {n});
    }

    private float number(String name, String column, InteractionLog log, Instances rows, int row) {
        if (name.startsWith("pair.")) {
            PairColumn pairs = data.numeric().pairs().get(0);
            return pairs.value(rows.users()[row], rows.items()[row]);
        }
        NumberColumn numbers = data.numeric().contextNumbers().stream()
                .filter(one -> one.name().equals(column))
                .findFirst()
                .orElseThrow();
        int context = rows.context(log, row);
        return context < 0 ? Float.NaN : numbers.value(context);
    }

    private OnnxTensor values(Column column, InteractionLog log, Instances rows, int padding) throws OrtException {
        int widest = Math.max(1, column.widest()) + padding;
        long[] values = new long[rows.size() * widest];
        Arrays.fill(values, -1);
        for (int row = 0; row < rows.size(); row++) {
            int context = rows.context(log, row);
            if (context >= 0) {
                int from = column.offsets()[context];
                for (int i = from; i < column.offsets()[context + 1]; i++) {
                    values[row * widest + i - from] = column.values()[i];
                }
            }
        }
        return longs(values, rows.size(), widest);
    }

    private static int length(InteractionLog log, Instances rows, int row) {
        int user = rows.users()[row];
        return user >= 0 && user < log.users() ? rows.positions()[row] : 0;
    }

    private OnnxTensor longs(long[] values, long... shape) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
