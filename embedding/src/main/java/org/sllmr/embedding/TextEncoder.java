// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

/** Turns a text into a vector of length 1; safe for use by many threads at once. */
public interface TextEncoder extends AutoCloseable {
    /** What identifies the model and everything else that decides its vectors. */
    String hash();

    /** Length of a vector. */
    int dimension();

    /**
     * Encodes one text; the same text gives the same bits, whatever else is encoded before or beside it.
     *
     * @param text any text; a blank one has a vector too, though a meaningless one
     * @param target receives the vector at {@code [at, at + dimension)}
     */
    void encode(String text, float[] target, int at);

    @Override
    void close();
}
