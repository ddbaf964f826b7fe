// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.model.Scorer;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.SignalReader;
import org.sllmr.training.signal.SignalSettings;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.signal.SparsitySettings;
import org.sllmr.training.signal.Uncertainty;
import org.sllmr.training.supervision.Pairs;
import org.sllmr.training.supervision.Supervision;

/**
 * Generated data with known preferences: each user has a taste for each item, a standard normal number, and takes items
 * with probability proportional to popularity times e^taste. The upper half of the items is the tail, twenty times
 * rarer.
 *
 * <p>The first {@link #HELD_OUT} users are held out, each compared with 10 random items; pairs are of the others.
 */
public final class TasteWorld {
    public static final int ITEMS = 120;
    public static final int HELD_OUT = 1_500;
    private static final int USERS = HELD_OUT + 300;
    private static final int COMPARED = 10;
    private static final int HISTORY = 4;

    private final double[][] tastes = new double[USERS][ITEMS];
    private final int[] taken = new int[USERS * HISTORY];
    private final int[][] scored = new int[USERS][];
    private final TrainingData data;

    public TasteWorld(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                tastes[user][item] = random.nextGaussian();
            }
            int truth = 0;
            for (int position = 0; position < HISTORY; position++) {
                truth = draw(user, position, random);
                taken[user * HISTORY + position] = truth;
            }
            int[] history = Arrays.copyOfRange(taken, user * HISTORY, user * HISTORY + HISTORY);
            IntStream others = random.ints(0, ITEMS)
                    .filter(item -> Arrays.stream(history).noneMatch(known -> known == item))
                    .distinct()
                    .limit(COMPARED);
            scored[user] = (user < HELD_OUT ? IntStream.concat(IntStream.of(truth), others) : others)
                    .sorted()
                    .toArray();
        }
        this.data = data();
    }

    private int draw(int user, int position, RandomGenerator random) {
        double[] weights = new double[ITEMS];
        double sum = 0;
        for (int item = 0; item < ITEMS; item++) {
            boolean known = false;
            for (int past = 0; past < position; past++) {
                known |= taken[user * HISTORY + past] == item;
            }
            weights[item] = known ? 0 : popularity(item) * Math.exp(tastes[user][item]);
            sum += weights[item];
        }
        double left = random.nextDouble() * sum;
        int item = 0;
        while (item < ITEMS - 1 && left >= weights[item]) {
            left -= weights[item++];
        }
        return item;
    }

    private static double popularity(int item) {
        return tail(item) ? 1 : 20;
    }

    public static boolean tail(int item) {
        return item >= ITEMS / 2;
    }

    public double taste(int user, int item) {
        return tastes[user][item];
    }

    private TrainingData data() {
        int[] offsets =
                IntStream.rangeClosed(0, USERS).map(user -> user * HISTORY).toArray();
        Samples none = new Samples(new Instances(new int[0], new int[0], new int[0]), 1);
        return new TrainingData(
                "tastes",
                "hash",
                InteractionLog.of(offsets, taken, new long[taken.length]),
                new Catalogue(numbers(ITEMS), List.of(), List.of()),
                numbers(USERS),
                List.of(),
                List.of(),
                none,
                none);
    }

    private static Vocabulary numbers(int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }

    /** A number for a user and an item. */
    public interface Opinion {
        double of(int user, int item);
    }

    /** Numbers unrelated to tastes. */
    public static double noise(int user, int item) {
        return new Seed(77).child(user).child(item).generator().nextGaussian();
    }

    /** A teacher's scores: its opinion, mapped into [0, 1]. */
    public TeacherTable teacher(Opinion opinion) {
        int[] offsets = new int[USERS + 1];
        for (int user = 0; user < USERS; user++) {
            offsets[user + 1] = offsets[user] + scored[user].length;
        }
        float[] scores = new float[offsets[USERS]];
        for (int user = 0; user < USERS; user++) {
            for (int index = 0; index < scored[user].length; index++) {
                scores[offsets[user] + index] = (float) (1 / (1 + Math.exp(-opinion.of(user, scored[user][index]))));
            }
        }
        boolean[] heldOut = new boolean[USERS];
        Arrays.fill(heldOut, 0, HELD_OUT, true);
        return new TeacherTable(
                offsets, Arrays.stream(scored).flatMapToInt(Arrays::stream).toArray(), scores, heldOut);
    }

    /** A model that knows popularity and the given tastes. */
    public static Scorer model(Opinion tastes) {
        return (log, rows) -> {
            float[] logits = new float[rows.size()];
            for (int row = 0; row < logits.length; row++) {
                int item = rows.items()[row];
                logits[row] = (float) (Math.log(popularity(item)) - 1.5 + tastes.of(rows.users()[row], item));
            }
            return logits;
        };
    }

    public TrainingData trainingData() {
        return data;
    }

    private SignalReader signals() {
        return new SignalReader(data, new SignalSettings(new SparsitySettings(4, 0.5), Uncertainty.CONFIDENCE, 2));
    }

    GateContext context(TeacherTable teacher) {
        return new GateContext(data, teacher, signals());
    }

    static float[] noLookahead(Instances trained, UnaryOperator<float[]> gradient, Instances scored) {
        throw new AssertionError("this gate looks at no step ahead");
    }

    /** Mean gates of pairs of users who are not held out, by kind of pair. */
    record Means(double tail, double popular, double all) {}

    /** Fits a gate, and evaluates it for every pair that the teacher orders. */
    Means open(Gate gate, TeacherTable teacher, Scorer model) {
        gate.beforeEpoch(new EpochStart(1, model, TasteWorld::noLookahead, new Seed(1)));
        return means(gate, teacher, model, user -> true);
    }

    /** Evaluates a gate for every pair that the teacher orders, with a model that knows popularity. */
    Means means(Gate gate, TeacherTable teacher) {
        return means(gate, teacher, user -> true);
    }

    /** Evaluates a gate for every pair of some users that the teacher orders, with a model that knows popularity. */
    Means means(Gate gate, TeacherTable teacher, IntPredicate whose) {
        return means(gate, teacher, model((user, item) -> 0), whose);
    }

    private Means means(Gate gate, TeacherTable teacher, Scorer model, IntPredicate whose) {
        double[] sums = new double[3];
        int[] counts = new int[3];
        for (int user : IntStream.range(HELD_OUT, USERS).filter(whose).toArray()) {
            int from = teacher.from(user);
            int size = teacher.to(user) - from;
            int[] items = Arrays.copyOfRange(teacher.items(), from, from + size);
            float[] scores = Arrays.copyOfRange(teacher.scores(), from, from + size);
            int[] users = new int[size];
            int[] positions = new int[size];
            Arrays.fill(users, user);
            Arrays.fill(positions, HISTORY);
            Instances rows = new Instances(users, items, positions);
            float[] logits = model.score(data.log(), rows);
            Supervision supervision = new Supervision(rows, scores, pairs(scores));
            Signals read = signals().read(rows, logits, () -> logits);
            float[] gates = gate.open(supervision, logits, read);
            for (int pair = 0; pair < gates.length; pair++) {
                boolean first = tail(items[supervision.pairs().preferred()[pair]]);
                boolean second = tail(items[supervision.pairs().other()[pair]]);
                int kind = first != second ? 2 : first ? 0 : 1;
                sums[kind] += gates[pair];
                counts[kind]++;
            }
        }
        return new Means(
                sums[0] / counts[0],
                sums[1] / counts[1],
                Arrays.stream(sums).sum() / Arrays.stream(counts).sum());
    }

    private static Pairs pairs(float[] scores) {
        IntStream.Builder preferred = IntStream.builder();
        IntStream.Builder other = IntStream.builder();
        int size = 0;
        for (int first = 0; first < scores.length; first++) {
            for (int second = 0; second < scores.length; second++) {
                if (scores[first] > scores[second]) {
                    preferred.add(first);
                    other.add(second);
                    size++;
                }
            }
        }
        return new Pairs(preferred.build().toArray(), other.build().toArray(), new float[size]);
    }
}
