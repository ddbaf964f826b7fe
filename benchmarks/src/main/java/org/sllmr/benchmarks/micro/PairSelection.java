// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.micro;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.supervision.PairSelector;
import org.sllmr.training.supervision.PairSettings;
import org.sllmr.training.supervision.Supervision;

/** Selecting the pairs of one S-LLMR step: the selector and sorted lists. */
@State(Scope.Thread)
// Mean microseconds of a selection; a training step takes about 2,000.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Two seconds are enough to compile the code.
@Warmup(iterations = 2, time = 1)
// Several short iterations, because their spread shows the effect of a busy machine.
@Measurement(iterations = 5, time = 1)
// Two processes, because inlining may differ.
@Fork(2)
public class PairSelection {
    private static final int USERS = 20_000;
    private static final int SCORES = 10;
    private static final int BATCH = 128;
    /** As many candidates as scores, so that both ways choose from the same pairs. */
    private static final PairSettings SETTINGS = PairSettings.of(64, 1, SCORES);

    private static final InteractionLog LOG = InteractionLog.of(new int[USERS + 1], new int[0], new long[0]);

    private final TeacherTable teacher = teacher();
    private final Instances samples = samples();
    private final PairSelector selector = new PairSelector(LOG, Popularity.of(LOG, SCORES), teacher, SETTINGS);

    /** A pair of candidates.
     *
     * @param difference of the teacher's scores
     */
    public record Pair(float difference) {}

    private static TeacherTable teacher() {
        RandomGenerator random = new Seed(1).generator();
        int[] offsets = new int[USERS + 1];
        int[] items = new int[USERS * SCORES];
        float[] scores = new float[USERS * SCORES];
        for (int i = 0; i < items.length; i++) {
            items[i] = i % SCORES;
            scores[i] = random.nextFloat();
        }
        for (int user = 0; user <= USERS; user++) {
            offsets[user] = user * SCORES;
        }
        return new TeacherTable(offsets, items, scores);
    }

    private static Instances samples() {
        int[] users = new Seed(2).generator().ints(BATCH, 0, USERS).toArray();
        return new Instances(users, new int[BATCH], new int[BATCH]);
    }

    /** Checks that both choose the same differences. */
    @Setup
    public void check() {
        float[] fast = select().pairs().differences();
        List<Pair> simple = sortedLists();
        for (int pair = 0; pair < Math.max(fast.length, simple.size()); pair++) {
            if (fast[pair] != simple.get(pair).difference()) {
                throw new IllegalStateException("pair " + pair + " differs");
            }
        }
    }

    /** The implementation of sllmr. */
    @Benchmark
    public Supervision select() {
        return selector.select(samples, new Seed(3));
    }

    /** All pairs of all users as objects, sorted; the first K are kept. */
    @Benchmark
    public List<Pair> sortedLists() {
        Set<Integer> users = new LinkedHashSet<>();
        for (int user : samples.users()) {
            users.add(user);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int user : users) {
            for (int i = teacher.from(user); i < teacher.to(user); i++) {
                for (int j = teacher.from(user); j < teacher.to(user); j++) {
                    if (teacher.scores()[i] > teacher.scores()[j]) {
                        pairs.add(new Pair(teacher.scores()[i] - teacher.scores()[j]));
                    }
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::difference).reversed());
        return pairs.subList(0, Math.min(SETTINGS.maxPairs(), users.size()));
    }
}
