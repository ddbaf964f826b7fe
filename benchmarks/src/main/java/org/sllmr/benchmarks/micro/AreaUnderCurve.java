// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sllmr.data.Seed;
import org.sllmr.evaluation.Auc;

/** AUC of as many scores as Amazon Beauty has test samples: by sorting and by counting every pair. */
@State(Scope.Thread)
// Mean milliseconds of a call, as in an evaluation.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// Counting every pair takes most of a second, so a few calls are enough.
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
// One process, because a second one would give the same.
@Fork(1)
public class AreaUnderCurve {
    private static final int POSITIVES = 22_363;

    private final float[] positives;
    private final float[] negatives;

    /** As many as Amazon Beauty has users. */
    public AreaUnderCurve() {
        this(POSITIVES);
    }

    AreaUnderCurve(int size) {
        this.positives = new float[size];
        this.negatives = new float[size];
    }

    /** Makes scores with ties, and checks that both ways agree. */
    @Setup
    public void setUp() {
        RandomGenerator random = new Seed(1).generator();
        for (int i = 0; i < positives.length; i++) {
            positives[i] = Math.round(1000 * (random.nextFloat() + 0.1f)) / 1000f;
            negatives[i] = Math.round(1000 * random.nextFloat()) / 1000f;
        }
        if (sorting() != counting()) {
            throw new IllegalStateException(sorting() + " is not " + counting());
        }
    }

    /** The implementation of sllmr. */
    @Benchmark
    public double sorting() {
        return Auc.of(positives, negatives).orElseThrow();
    }

    /** The definition. */
    @Benchmark
    public double counting() {
        long twice = 0;
        for (float positive : positives) {
            for (float negative : negatives) {
                twice += positive > negative ? 2 : positive == negative ? 1 : 0;
            }
        }
        return twice / (2.0 * positives.length * negatives.length);
    }
}
