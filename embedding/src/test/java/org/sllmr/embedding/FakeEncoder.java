// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/** Vectors that depend on the text alone, and a count of the texts encoded. */
final class FakeEncoder implements TextEncoder {
    final AtomicInteger encoded = new AtomicInteger();
    private final String hash;
    private final int failAt;

    FakeEncoder(String hash) {
        this(hash, Integer.MAX_VALUE);
    }

    /** Interrupts its thread at the text with a number. */
    FakeEncoder(String hash, int failAt) {
        this.hash = hash;
        this.failAt = failAt;
    }

    @Override
    public String hash() {
        return hash;
    }

    @Override
    public int dimension() {
        return 5;
    }

    @Override
    public void encode(String text, float[] target, int at) {
        if (encoded.incrementAndGet() >= failAt) {
            Thread.currentThread().interrupt();
        }
        RandomGenerator random = new Seed(1).child(text).generator();
        for (int d = 0; d < dimension(); d++) {
            target[at + d] = random.nextFloat();
        }
    }

    @Override
    public void close() {}
}
