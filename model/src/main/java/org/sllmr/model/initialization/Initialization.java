// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.initialization;

import java.util.Optional;
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

    /**
     * The distribution for some data.
     *
     * @param labelled whether rows have labels, so that no negatives are drawn
     */
    default Initialization of(boolean labelled) {
        return this;
    }

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
     * <p>A deviation of 1 was found on data whose negatives are drawn. On ratings with labels it is far worse than a small
     * one (docs/lab-notes/click-logs.md), so data with labels may have a deviation of their own.
     *
     * @param deviation standard deviation, 0 or more
     * @param deviationWithLabels standard deviation where rows have labels, 0 or more; empty: the same
     */
    record Normal(double deviation, Optional<Double> deviationWithLabels) implements Initialization {
        /** Checks the ranges. */
        public Normal {
            new Checks()
                    .atLeast("deviation", deviation, 0)
                    .atLeast("deviationWithLabels", deviationWithLabels.orElse(0.0), 0)
                    .done();
        }

        /** The same for all data. */
        public Normal(double deviation) {
            this(deviation, Optional.empty());
        }

        @Override
        public Initialization of(boolean labelled) {
            return labelled ? new Normal(deviationWithLabels.orElse(deviation)) : new Normal(deviation);
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
