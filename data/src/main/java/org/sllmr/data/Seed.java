// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A node in the tree of a run's random numbers.
 *
 * <p>Each random draw uses a child named after its purpose and, where work is split over users, batches or epochs, a
 * child of that index. So the same root gives the same numbers whatever the number of threads, the block size, or other
 * draws in the run.
 *
 * @param value the 64 bits that identify the node
 */
public record Seed(long value) {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY = factory();

    /**
     * Java 17 looks for generators from the thread's class loader on. Executors of Spark give their threads one that does not
     * lead to Java's own.
     */
    private static RandomGeneratorFactory<RandomGenerator> factory() {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return RandomGeneratorFactory.of("L64X128MixRandom");
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    /** The child for a purpose, such as {@code "negatives"}. */
    public Seed child(String purpose) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
        }
        return child(hash);
    }

    /** The child of an index, such as a user, an epoch or a batch. */
    public Seed child(long index) {
        return new Seed(mix(value + 0x9e3779b97f4a7c15L * (index + 1)));
    }

    /** A new generator at this node's start. */
    public RandomGenerator generator() {
        return FACTORY.create(value);
    }

    /** SplitMix64's finalizer (Steele, Lea and Flood 2014): every input bit reaches every output bit. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
