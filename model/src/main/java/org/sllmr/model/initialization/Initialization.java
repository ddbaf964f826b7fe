// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.initialization;

import java.util.random.RandomGenerator;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Gaussian;

/** The distribution that a parameter matrix starts from. */
public sealed interface Initialization {
    /**
     * Draws one matrix.
     *
     * @param fanIn number of inputs; rows for an embedding table
     * @param fanOut number of outputs; the embedding dimension for an embedding table
     */
    Draw draw(int fanIn, int fanOut);

    /** Draws single values. */
    @FunctionalInterface
    interface Draw {
        /** The next value. */
        float next(RandomGenerator generator);
    }

    /**
     * Every value the same.
     *
     * @param value the value
     */
    record Constant(float value) implements Initialization {
        @Override
        public Draw draw(int fanIn, int fanOut) {
            return generator -> value;
        }
    }

    /**
     * Normal with mean 0.
     *
     * @param deviation standard deviation, 0 or more
     */
    record Normal(double deviation) implements Initialization {
        /** Checks the range. */
        public Normal {
            new Checks().atLeast("deviation", deviation, 0).done();
        }

        @Override
        public Draw draw(int fanIn, int fanOut) {
            return generator -> (float) (deviation * Gaussian.next(generator));
        }
    }

    /**
     * Uniform in [-bound, bound).
     *
     * @param bound 0 or more
     */
    record Uniform(double bound) implements Initialization {
        /** Checks the range. */
        public Uniform {
            new Checks().atLeast("bound", bound, 0).done();
        }

        @Override
        public Draw draw(int fanIn, int fanOut) {
            return generator -> (float) (bound * (2 * generator.nextDouble() - 1));
        }
    }

    /** Normal with variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010, in its normal form). */
    record XavierNormal() implements Initialization {
        @Override
        public Draw draw(int fanIn, int fanOut) {
            return new Normal(Math.sqrt(2.0 / (fanIn + fanOut))).draw(fanIn, fanOut);
        }
    }

    /** Uniform with bound sqrt(6 / (fan-in + fan-out)) (Glorot and Bengio 2010, equation 16). */
    record XavierUniform() implements Initialization {
        @Override
        public Draw draw(int fanIn, int fanOut) {
            return new Uniform(Math.sqrt(6.0 / (fanIn + fanOut))).draw(fanIn, fanOut);
        }
    }

    /** Uniform with bound 1 / sqrt(fan-in). */
    record FanInUniform() implements Initialization {
        @Override
        public Draw draw(int fanIn, int fanOut) {
            return new Uniform(1 / Math.sqrt(fanIn)).draw(fanIn, fanOut);
        }
    }
}
