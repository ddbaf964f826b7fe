// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

/** A part of a training step. */
enum Phase {
    /** Looking up the embedding rows of the samples, and the distinct ones among them. */
    LOOKUP("look up rows", true),
    /** Writing what of the input is not made of embeddings. */
    NUMBERS("write vectors and cosines", true),
    /** Drawing the dropout masks. */
    DROPOUT("draw dropout", true),
    /** The optimizer steps that the batch's rows have missed. */
    CATCH_UP("catch up rows", true),
    /** Pooling rows into the input matrix. */
    GATHER("gather", false),
    /** The network's forward pass. */
    FORWARD("forward", false),
    /** Loss and its derivative by each logit. */
    LOSS("loss", false),
    /** The network's backward pass. */
    BACKWARD("backward", false),
    /** Summing derivatives by row. */
    SCATTER("scatter", false),
    /** Adam on the network. */
    UPDATE_NETWORK("update network", false),
    /** Adam on the batch's rows. */
    UPDATE_ROWS("update rows", false);

    private final String words;
    private final boolean ahead;

    Phase(String words, boolean ahead) {
        this.words = words;
        this.ahead = ahead;
    }

    String words() {
        return words;
    }

    /** Whether the second thread does it for the next batch. */
    boolean ahead() {
        return ahead;
    }
}
