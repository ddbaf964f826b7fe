// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.micro;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sllmr.data.Seed;
import org.sllmr.model.kernel.AdamConstants;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.SimdModule;

/** The loops over embedding rows for one batch, in SIMD and plain Java. */
@State(Scope.Thread)
// Mean microseconds of a loop, as in a training step.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Two seconds are enough to compile the small loops.
@Warmup(iterations = 2, time = 1)
// Several short iterations, because their spread shows the effect of a busy machine.
@Measurement(iterations = 5, time = 1)
// Two processes, because inlining may differ.
@Fork(2)
public class EmbeddingKernels {
    /** Rows of all tables of Amazon Beauty; their weights (5 MB) do not fit in the second-level cache. */
    private static final int TABLE_ROWS = 37_000;

    private static final int STRIDE = 32;
    /** 128 samples of 8 fields. */
    private static final int BAGS = 1024;
    /** Mean entries of a sample's bags: ids have one, histories of categories sixty. */
    private static final int ENTRIES = 12;
    /** Steps between two batches that contain a row. */
    private static final int MISSED = 100;
    /** Distinct rows of a batch. */
    private static final int DISTINCT = 1200;

    /** The implementation. */
    @Param({"simd", "plain"})
    public String kind = "simd";

    private final AdamConstants constants = new AdamConstants(0.1f, 0.999f, 0.001f, 1e-8f, 1e-4f);
    private final float[] stepSizes = new float[MISSED];
    private final float[] ones = new float[MISSED];
    private Kernels kernels = Kernels.plain();
    private BatchArrays data = new BatchArrays();

    /** The arrays of the loops. */
    private static final class BatchArrays {
        final float[] table = new float[TABLE_ROWS * STRIDE];
        final float[] first = new float[TABLE_ROWS * STRIDE];
        final float[] second = new float[TABLE_ROWS * STRIDE];
        final int[] rows = new int[BAGS * ENTRIES];
        final float[] scales = new float[BAGS * ENTRIES];
        final float[] matrix = new float[BAGS * STRIDE];

        BatchArrays() {
            RandomGenerator random = new Seed(1).generator();
            for (int i = 0; i < table.length; i++) {
                table[i] = random.nextFloat() - 0.5f;
            }
            for (int e = 0; e < rows.length; e++) {
                rows[e] = random.nextInt(TABLE_ROWS);
                scales[e] = 1f / ENTRIES;
            }
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = random.nextFloat() - 0.5f;
            }
        }
    }

    /** Makes new arrays for each run. */
    @Setup(Level.Trial)
    public void setUp() {
        kernels = kind.equals("simd") ? Kernels.fastest() : Kernels.plain();
        if (kind.equals("simd") && kernels.getClass() == Kernels.plain().getClass()) {
            throw new IllegalStateException(
                    "SIMD is not available: start with ./sllmr, or with --add-modules " + SimdModule.NAME);
        }
        data = new BatchArrays();
        Arrays.fill(stepSizes, 1e-3f);
        Arrays.fill(ones, 1);
    }

    /** Both implementations must give the same bits; otherwise their times are not comparable. */
    @TearDown(Level.Trial)
    public void check() {
        float[][] results = new float[2][];
        Kernels[] both = {Kernels.plain(), kernels};
        for (int i = 0; i < both.length; i++) {
            kernels = both[i];
            data = new BatchArrays();
            float[] gathered = gather().clone();
            scatter();
            adam();
            catchUp();
            results[i] = Arrays.copyOf(data.table, data.table.length + gathered.length);
            System.arraycopy(gathered, 0, results[i], data.table.length, gathered.length);
        }
        if (!Arrays.equals(results[0], results[1])) {
            throw new IllegalStateException("the kernels give different bits");
        }
    }

    /** Pools all bags of a batch. */
    @Benchmark
    public float[] gather() {
        for (int bag = 0; bag < BAGS; bag++) {
            kernels.gather(
                    data.table,
                    STRIDE,
                    data.rows,
                    data.scales,
                    bag * ENTRIES,
                    (bag + 1) * ENTRIES,
                    data.matrix,
                    bag * STRIDE,
                    STRIDE);
        }
        return data.matrix;
    }

    /** Sums the derivatives of all bags by row. */
    @Benchmark
    public float[] scatter() {
        for (int bag = 0; bag < BAGS; bag++) {
            kernels.scatter(
                    data.matrix,
                    bag * STRIDE,
                    STRIDE,
                    data.rows,
                    data.scales,
                    bag * ENTRIES,
                    (bag + 1) * ENTRIES,
                    data.table,
                    STRIDE);
        }
        return data.table;
    }

    /** One Adam step of a batch's distinct rows. */
    @Benchmark
    public float[] adam() {
        for (int slot = 0; slot < DISTINCT; slot++) {
            kernels.adam(
                    constants,
                    data.table,
                    data.first,
                    data.second,
                    data.rows[slot] * STRIDE,
                    data.matrix,
                    (slot % BAGS) * STRIDE,
                    STRIDE,
                    1e-3f,
                    1,
                    1);
        }
        return data.table;
    }

    /** The Adam steps that a batch's distinct rows have missed. */
    @Benchmark
    public float[] catchUp() {
        for (int slot = 0; slot < DISTINCT; slot++) {
            kernels.adamWithoutGradient(
                    constants,
                    data.table,
                    data.first,
                    data.second,
                    data.rows[slot] * STRIDE,
                    STRIDE,
                    0,
                    MISSED,
                    stepSizes,
                    ones,
                    ones);
        }
        return data.table;
    }
}
