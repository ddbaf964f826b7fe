// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.evaluation.Slices;
import org.sllmr.teacher.TeacherTable;

/**
 * Small generated data with planted preferences: users and items have a side, users mostly take items of their own
 * side, and low item numbers are popular.
 *
 * @param data its training data
 * @param teacher a teacher that knows the sides: items of the user's side score high, with noise
 */
public record World(TrainingData data, TeacherTable teacher) {
    private static final int SIDES = 3;

    /** Data of 60 users and 45 items. */
    public static World small(long seed) {
        return of(60, 45, 1, new Seed(seed));
    }

    /** Data of any size; each positive has {@code negatives} uniform negatives. */
    public static World of(int users, int items, int negatives, Seed seed) {
        RandomGenerator random = seed.generator();
        int[] offsets = new int[users + 1];
        int[] taken = new int[users * 20];
        for (int user = 0; user < users; user++) {
            int length = 5 + random.nextInt(10);
            offsets[user + 1] = offsets[user] + length;
            for (int index = offsets[user]; index < offsets[user + 1]; index++) {
                taken[index] = interaction(user, items, random);
            }
        }
        int[] log = Arrays.copyOf(taken, offsets[users]);
        InteractionLog full = InteractionLog.of(offsets, log, new long[log.length]);
        InteractionLog training = full.withholdLast(2);
        Rows trainingRows = new Rows();
        Rows validationRows = new Rows();
        for (int user = 0; user < users; user++) {
            int length = training.length(user);
            for (int position = 1; position < length; position++) {
                trainingRows.add(user, training.item(user, position), position, negatives, items, random);
            }
            validationRows.add(user, full.item(user, length), length, negatives, items, random);
        }
        TrainingData data = new TrainingData(
                "world",
                "hash",
                training,
                new Catalogue(vocabulary("i", items), List.of(), List.of()),
                vocabulary("u", users),
                List.of(),
                List.of(),
                trainingRows.samples(negatives),
                validationRows.samples(negatives));
        return new World(data, teacher(users, items, random));
    }

    private static int interaction(int user, int items, RandomGenerator random) {
        while (true) {
            double skewed = random.nextDouble();
            int item = (int) (items * skewed * skewed);
            if (item % SIDES == user % SIDES || random.nextDouble() < 0.1) {
                return item;
            }
        }
    }

    private static TeacherTable teacher(int users, int items, RandomGenerator random) {
        int scored = Math.min(12, items);
        int[] offsets = new int[users + 1];
        int[] table = new int[users * scored];
        float[] scores = new float[users * scored];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + scored;
            int first = random.nextInt(items - scored + 1);
            for (int index = 0; index < scored; index++) {
                int item = first + index;
                table[offsets[user] + index] = item;
                double known = item % SIDES == user % SIDES ? 0.7 : 0.3;
                scores[offsets[user] + index] = Math.round((known + 0.2 * random.nextDouble()) * 20) / 20f;
            }
        }
        return new TeacherTable(offsets, table, scores);
    }

    /**
     * The teacher's table with every third user held out whose last item is new: such a user's scores are of that item
     * and of others that are not in the history.
     */
    public TeacherTable holdingOut() {
        InteractionLog log = data.log();
        int[] offsets = new int[teacher.users() + 1];
        boolean[] heldOut = new boolean[teacher.users()];
        IntStream.Builder items = IntStream.builder();
        List<Float> scores = new ArrayList<>();
        RandomGenerator random = new Seed(9).generator();
        for (int user = 0; user < teacher.users(); user++) {
            int last = log.length(user) - 1;
            int truth = log.item(user, last);
            Set<Integer> known = new HashSet<>();
            for (int position = 0; position < last; position++) {
                known.add(log.item(user, position));
            }
            heldOut[user] = user % 3 == 0 && !known.contains(truth);
            if (heldOut[user]) {
                for (int item = 0; item < data.catalogue().size(); item++) {
                    if (item == truth || (!known.contains(item) && random.nextInt(2) == 0)) {
                        items.add(item);
                        scores.add((item % SIDES == user % SIDES ? 0.7f : 0.3f) + 0.2f * random.nextFloat());
                    }
                }
            } else {
                for (int index = teacher.from(user); index < teacher.to(user); index++) {
                    if (teacher.items()[index] != truth) {
                        items.add(teacher.items()[index]);
                        scores.add(teacher.scores()[index]);
                    }
                }
            }
            offsets[user + 1] = scores.size();
        }
        float[] values = new float[scores.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = scores.get(index);
        }
        return new TeacherTable(offsets, items.build().toArray(), values, heldOut);
    }

    private static Vocabulary vocabulary(String prefix, int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(index -> prefix + index).toList());
    }

    /** Slices by at most 3 training interactions and the last fifth of the items. */
    public Slices slices() {
        boolean[] tail = new boolean[data.catalogue().size()];
        for (int item = tail.length * 4 / 5; item < tail.length; item++) {
            tail[item] = true;
        }
        return new Slices(ColdUsers.of(data.log(), ColdUsers.MAX_INTERACTIONS), tail);
    }

    private static final class Rows {
        private final IntStream.Builder users = IntStream.builder();
        private final IntStream.Builder items = IntStream.builder();
        private final IntStream.Builder positions = IntStream.builder();

        void add(int user, int positive, int position, int negatives, int allItems, RandomGenerator random) {
            for (int row = 0; row <= negatives; row++) {
                users.add(user);
                items.add(row == 0 ? positive : random.nextInt(allItems));
                positions.add(position);
            }
        }

        Samples samples(int negatives) {
            return new Samples(
                    new Instances(
                            users.build().toArray(),
                            items.build().toArray(),
                            positions.build().toArray()),
                    negatives);
        }
    }
}
