// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

/** Encodes texts as vectors of length 1; thread-safe. */
public interface TextEncoder extends AutoCloseable {
    /** Identifies the model and everything else that affects its vectors. */
    String hash();

    /** Dimension of a vector. */
    int dimension();

    /**
     * Encodes a text; the same text always gives the same bits.
     *
     * @param text any text; the vector of a blank text is meaningless
     * @param target receives the vector at {@code [at, at + dimension)}
     */
    void encode(String text, float[] target, int at);

    @Override
    void close();
}
