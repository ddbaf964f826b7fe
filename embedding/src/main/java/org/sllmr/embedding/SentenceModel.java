// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** A sentence encoder's tokenizer and network, loaded into memory. Thread-safe. */
final class SentenceModel implements AutoCloseable {
    private final int dimension;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private SentenceModel(
            int dimension, OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.dimension = dimension;
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads a model.
     *
     * @param network ONNX file that maps tokens to a vector for each
     * @param tokenizerFile file of a Hugging Face tokenizer
     * @param maxTokens maximum number of tokens of a text that are used, with the two that mark its ends
     * @param dimension dimension of a vector
     */
    static SentenceModel load(byte[] network, byte[] tokenizerFile, int maxTokens, int dimension) {
        TokenizerHome.prepare();
        try {
            // The tokenizer file pads and truncates every text to 128 tokens; both are overridden.
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(tokenizerFile),
                    Map.of(
                            "padding",
                            "false",
                            "truncation",
                            "true",
                            "maxLength",
                            Integer.toString(maxTokens),
                            "modelMaxLength",
                            Integer.toString(maxTokens)));
            try {
                OrtEnvironment environment = OrtEnvironment.getEnvironment();
                return new SentenceModel(dimension, environment, session(environment, network), tokenizer);
            } catch (OrtException | RuntimeException failure) {
                tokenizer.close();
                throw new IllegalStateException("the sentence encoder could not be loaded", failure);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static OrtSession session(OrtEnvironment environment, byte[] network) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // One thread per text: parallel sums would have another order, and texts are encoded in parallel anyway.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // Lengths of texts differ, so cached allocation patterns would only accumulate.
            options.setMemoryPatternOptimization(false);
            return environment.createSession(network, options);
        }
    }

    /** Writes a text's vector at {@code [at, at + dimension)}. */
    void encode(String text, float[] target, int at) {
        Encoding encoding = tokenizer.encode(text);
        long[] ids = encoding.getIds();
        long[] shape = {1, ids.length};
        try (OnnxTensor tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(encoding.getAttentionMask()), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(encoding.getTypeIds()), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types))) {
            pool(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length, target, at);
        } catch (OrtException failure) {
            throw new IllegalStateException(
                    "the sentence encoder failed on a text of " + ids.length + " tokens", failure);
        }
    }

    /** Number of a text's tokens that are used. */
    int tokens(String text) {
        return tokenizer.encode(text).getIds().length;
    }

    private void pool(FloatBuffer vectors, int tokens, float[] target, int at) {
        double[] sum = new double[dimension];
        float[] vector = new float[dimension];
        for (int token = 0; token < tokens; token++) {
            vectors.get(vector);
            for (int d = 0; d < dimension; d++) {
                sum[d] += vector[d];
            }
        }
        double squares = 0;
        for (int d = 0; d < dimension; d++) {
            squares += sum[d] * sum[d];
        }
        double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        for (int d = 0; d < dimension; d++) {
            target[at + d] = (float) (sum[d] * scale);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException("the sentence encoder could not be closed", failure);
        }
    }
}
