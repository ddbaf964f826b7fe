// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/** Which values of a batch count as unknown, so that the rows for unknown values are trained. */
public final class Unknowns {
    /** No value. */
    public static final Unknowns NONE = new Unknowns(0, new Seed(0));

    private final double share;
    private final RandomGenerator generator;

    /**
     * A share of all values, each drawn by itself in the order of the batch.
     *
     * @param seed of the batch, so that a draw depends on nothing before it
     */
    public Unknowns(double share, Seed seed) {
        this.share = share;
        this.generator = seed.generator();
    }

    /** Whether the next value counts as unknown. */
    boolean draw() {
        return share > 0 && generator.nextDouble() < share;
    }
}
