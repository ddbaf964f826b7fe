// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.random.RandomGenerator;

/**
 * Draws from the standard normal distribution, with the same bits on every processor and every version of Java.
 *
 * <p>{@link RandomGenerator#nextGaussian} may use any method, and about one draw in a million differs between Java 17 and
 * Java 25. This is the ziggurat method (Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables", Journal
 * of Statistical Software 5(8), 2000), with layer and place taken from different bits (Doornik, "An Improved Ziggurat Method
 * to Generate Normal Random Samples", 2005).
 */
public final class Gaussian {
    private static final int LAYERS = 128;
    /** Where the tail begins. */
    private static final double TAIL = 3.442619855899;
    /** Area of each layer under exp(-x^2 / 2). */
    private static final double AREA = 9.91256303526217e-3;
    /** How far each layer reaches, the widest first; the lowest layer includes the tail, as if it were that much wider. */
    private static final double[] EDGES = new double[LAYERS + 1];

    private static final double[] DENSITIES = new double[LAYERS + 1];

    static {
        EDGES[0] = AREA / density(TAIL);
        EDGES[1] = TAIL;
        for (int layer = 2; layer < LAYERS; layer++) {
            double below = EDGES[layer - 1];
            EDGES[layer] = Math.sqrt(-2 * StrictMath.log(AREA / below + density(below)));
        }
        for (int layer = 0; layer <= LAYERS; layer++) {
            DENSITIES[layer] = density(EDGES[layer]);
        }
    }

    private Gaussian() {}

    /** The next draw: mean 0, standard deviation 1. */
    public static double next(RandomGenerator generator) {
        while (true) {
            long bits = generator.nextLong();
            int layer = (int) (bits & (LAYERS - 1));
            // The upper 53 bits as a number in [-1, 1).
            double x = (bits >> 11) * 0x1p-52 * EDGES[layer];
            if (Math.abs(x) < EDGES[layer + 1]) {
                return x;
            }
            if (layer == 0) {
                return Math.copySign(tail(generator), x);
            }
            double low = DENSITIES[layer];
            double high = DENSITIES[layer + 1];
            if (low + generator.nextDouble() * (high - low) < density(x)) {
                return x;
            }
        }
    }

    /** A draw beyond {@link #TAIL} (Marsaglia, "Generating a Variable from the Tail of the Normal Distribution", 1964). */
    private static double tail(RandomGenerator generator) {
        while (true) {
            double beyond = -StrictMath.log(1 - generator.nextDouble()) / TAIL;
            double height = -StrictMath.log(1 - generator.nextDouble());
            if (2 * height > beyond * beyond) {
                return TAIL + beyond;
            }
        }
    }

    private static double density(double x) {
        return StrictMath.exp(-0.5 * x * x);
    }
}
