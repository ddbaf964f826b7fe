// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.evaluation.Slices;
import org.sllmr.runs.RunFixture;

/**
 * Samples and scores for which it is known which scorer orders which pairs correctly.
 *
 * <p>Even users are cold, odd ones warm; of each four users, two have a long-tail positive. A scorer orders a group
 * correctly with a given probability, and then scores the positive above 1/2 and the negative below. So its AUC in any
 * part is about that probability or higher.
 */
public final class DiagnosisFixture {
    public static final int USERS = 1600;
    private static final int ITEMS = 50;
    private static final int TAIL = 10;

    private final RandomGenerator random;

    public DiagnosisFixture(long seed) {
        this.random = new Seed(seed).generator();
    }

    /** Only items from {@link #TAIL} on occur in training. */
    public static TrainingData data() {
        int[] offsets = new int[USERS + 1];
        for (int user = 0; user < USERS; user++) {
            offsets[user + 1] = offsets[user] + (cold(user) ? 3 : 6);
        }
        int[] items = IntStream.range(0, offsets[USERS])
                .map(index -> TAIL + index % (ITEMS - TAIL))
                .toArray();
        int[] users = IntStream.range(0, 2 * USERS).map(row -> row / 2).toArray();
        int[] sampled = IntStream.range(0, 2 * USERS)
                .map(row -> row % 2 == 1 ? ITEMS - 1 : tail(row / 2) ? row / 2 % TAIL : TAIL + row / 2 % 30)
                .toArray();
        int[] positions =
                IntStream.range(0, 2 * USERS).map(row -> cold(row / 2) ? 3 : 6).toArray();
        Samples validation = new Samples(new Instances(users, sampled, positions), 1);
        return new TrainingData(
                "taught",
                "hash",
                InteractionLog.of(offsets, items, new long[items.length]),
                new Catalogue(numbers(ITEMS), List.of(), List.of()),
                numbers(USERS),
                List.of(),
                List.of(),
                validation,
                validation);
    }

    public static Slices slices() {
        return Slices.of(data());
    }

    static boolean cold(int user) {
        return user % 2 == 0;
    }

    static boolean tail(int user) {
        return user % 4 < 2;
    }

    /** A scorer with given probabilities of being right about groups with a long-tail and with a head positive. */
    public float[] scorer(double rightInTail, double rightInHead) {
        float[] scores = new float[2 * USERS];
        for (int user = 0; user < USERS; user++) {
            boolean right = random.nextDouble() < (tail(user) ? rightInTail : rightInHead);
            scores[2 * user] = (random.nextFloat() + (right ? 1.01f : 0)) / 2.01f;
            scores[2 * user + 1] = (random.nextFloat() + (right ? 0 : 1.01f)) / 2.01f;
        }
        return scores;
    }

    /** One scorer for cold users with long-tail positives, another elsewhere. */
    static float[] copying(float[] there, float[] elsewhere) {
        float[] scores = elsewhere.clone();
        for (int user = 0; user < USERS; user++) {
            if (cold(user) && tail(user)) {
                scores[2 * user] = there[2 * user];
                scores[2 * user + 1] = there[2 * user + 1];
            }
        }
        return scores;
    }

    /** The scores with a random half of the groups reversed. */
    public float[] flipped(float[] scores) {
        float[] flipped = scores.clone();
        for (int user = 0; user < USERS; user++) {
            if (random.nextBoolean()) {
                flipped[2 * user] = scores[2 * user + 1];
                flipped[2 * user + 1] = scores[2 * user];
            }
        }
        return flipped;
    }

    public static ScoredSamples scored(float[] teacher, float[] run, float[] without) {
        return new ScoredSamples(data().validation().samples(), teacher, run, Optional.of(without));
    }

    /** Share of groups whose positive has the higher score. */
    static double right(float[] scores) {
        return IntStream.range(0, USERS)
                        .filter(user -> scores[2 * user] > scores[2 * user + 1])
                        .count()
                / (double) USERS;
    }

    /** The scores without those of every tenth user. */
    static float[] withoutSomeUsers(float[] scores) {
        float[] partial = scores.clone();
        for (int user = 0; user < USERS; user += 10) {
            Arrays.fill(partial, 2 * user, 2 * user + 1, Float.NaN);
        }
        return partial;
    }

    private static Vocabulary numbers(int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }

    /** The diagnosis of a guided run with these scores. */
    public static Diagnosis diagnosis(float[] teacher, float[] without, boolean compared, boolean gate) {
        ScoredSamples scored = new ScoredSamples(
                data().validation().samples(),
                teacher,
                copying(teacher, without),
                compared ? Optional.of(without) : Optional.empty());
        List<PartDiagnosis> parts = PartDiagnosis.of(scored, slices(), data(), ProgressListener.NONE);
        return new Diagnosis(
                "taught",
                "validation",
                "runs/guided",
                compared ? Optional.of("runs/alone") : Optional.empty(),
                "embedding",
                scored.samples().size(),
                parts.get(0).scored(),
                parts,
                Agreement.of(scored, slices(), ProgressListener.NONE),
                GuidanceHistory.of(
                        RunFixture.contents(
                                "seed: 1\n", "taught", 1, RunFixture.metrics(0.8, 0.8, 0.8, 0.8, 0.5), 5, gate),
                        scored,
                        slices()),
                List.of());
    }
}
