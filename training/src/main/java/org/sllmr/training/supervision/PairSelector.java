// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherSpread;
import org.sllmr.teacher.TeacherTable;

/**
 * Selects a step's pairs, each of one user of the batch and of valid teacher scores: the K~ with the largest
 * differences (paper, Section 3.2), or a random sample of those that the settings allow.
 *
 * <p>Equal scores never form a pair. Ties between differences go by the order of users in the shuffled batch, and
 * within a user from the highest preferred and the lowest other item inwards; candidates with equal scores stay in
 * drawn order. So ties favour no user or item by its index.
 *
 * <p>Uses the teacher's scores only, so it can run before the forward pass, during the previous step. Keeps buffers
 * from step to step; not thread-safe.
 */
public final class PairSelector {
    private final InteractionLog log;
    private final TeacherTable teacher;
    private final Popularity popularity;
    private final PairSettings settings;
    private final ScoredUsers users;
    private final CandidateSample sample;
    private final TeacherSpread spread;
    private final HighestPairs chosen = new HighestPairs();
    /** Candidates of all users, {@code candidatesPerUser} slots for each, by descending score. */
    private int[] candidates = new int[0];

    private int[] counts = new int[0];
    private int[] rowOfSlot = new int[0];
    private final long[] sortKeys;
    private final int[] drawn;

    /**
     * Selects among the scores of a table.
     *
     * @param log the training interactions; the position of a user's rows is the number of its interactions
     * @param popularity of the items
     */
    public PairSelector(InteractionLog log, Popularity popularity, TeacherTable teacher, PairSettings settings) {
        this.log = log;
        this.popularity = popularity;
        this.teacher = teacher;
        this.settings = settings;
        this.users = new ScoredUsers(log, teacher, 2);
        this.sample = new CandidateSample(teacher);
        this.spread = TeacherSpread.of(teacher);
        this.sortKeys = new long[settings.candidatesPerUser()];
        this.drawn = new int[settings.candidatesPerUser()];
    }

    /** The pairs of a step and their rows. */
    public Supervision select(Instances samples, Seed step) {
        RandomGenerator random = step.generator();
        int scored = users.collect(samples);
        reserve(scored);
        int paired = 0;
        for (int index = 0; index < scored; index++) {
            int at = index * settings.candidatesPerUser();
            counts[index] = drawByDescendingScore(users.user(index), random, at);
            if (anyPair(at, counts[index], minDifference(users.user(index)))) {
                paired++;
            }
        }
        if (paired == 0) {
            return Supervision.NONE;
        }
        chosen.clear((int) Math.min(settings.maxPairs(), (long) settings.pairsPerUser() * paired));
        for (int index = 0; index < scored; index++) {
            int at = index * settings.candidatesPerUser();
            double minDifference = minDifference(users.user(index));
            switch (settings.order()) {
                case LARGEST -> offerLargest(at, counts[index], minDifference);
                case RANDOM -> offerAll(at, counts[index], minDifference, random);
            }
        }
        return numberRows(chosen.drain(), scored);
    }

    private void reserve(int scored) {
        int slots = scored * settings.candidatesPerUser();
        if (candidates.length < slots) {
            candidates = new int[slots];
            rowOfSlot = new int[slots];
            counts = new int[scored];
        }
    }

    private int drawByDescendingScore(int user, RandomGenerator random, int at) {
        int count = sample.draw(user, settings.candidatesPerUser(), random, drawn, 0);
        for (int index = 0; index < count; index++) {
            // Adding 0 makes -0 positive, so that bits order like values.
            int bits = Float.floatToRawIntBits(teacher.scores()[drawn[index]] + 0f);
            sortKeys[index] = ((long) (Integer.MAX_VALUE - bits) << 32) | index;
        }
        Arrays.sort(sortKeys, 0, count);
        for (int index = 0; index < count; index++) {
            candidates[at + index] = drawn[(int) sortKeys[index]];
        }
        return count;
    }

    private boolean anyPair(int at, int count, double minDifference) {
        for (int preferred = at; preferred < at + count; preferred++) {
            for (int other = at + count - 1;
                    other > preferred && differEnough(preferred, other, minDifference);
                    other--) {
                if (similarlyPopular(preferred, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void offerLargest(int at, int count, double minDifference) {
        for (int preferred = at; preferred < at + count; preferred++) {
            // Closer ones differ even less.
            for (int other = at + count - 1;
                    other > preferred && differEnough(preferred, other, minDifference);
                    other--) {
                if (similarlyPopular(preferred, other)
                        && !chosen.offer(difference(preferred, other), preferred, other)) {
                    // The next preferred item's largest difference is no higher.
                    if (other == at + count - 1) {
                        return;
                    }
                    break;
                }
            }
        }
    }

    private void offerAll(int at, int count, double minDifference, RandomGenerator random) {
        for (int preferred = at; preferred < at + count; preferred++) {
            for (int other = at + count - 1;
                    other > preferred && differEnough(preferred, other, minDifference);
                    other--) {
                if (similarlyPopular(preferred, other)) {
                    chosen.offer(random.nextFloat(), preferred, other);
                }
            }
        }
    }

    /** The minimum difference of scores for a pair of a user's items. */
    private double minDifference(int user) {
        return Math.max(settings.minDifference(), settings.minRelativeDifference() * spread.of(user));
    }

    /** Whether the scores of two slots of one user differ enough for a pair. */
    private boolean differEnough(int preferred, int other, double minDifference) {
        float difference = difference(preferred, other);
        return difference > 0 && difference >= minDifference;
    }

    /** Whether the popularities of two items are similar enough for a pair. */
    private boolean similarlyPopular(int preferred, int other) {
        if (settings.popularityRatio() == 0) {
            return true;
        }
        double first = 1 + popularity.positives(teacher.items()[candidates[preferred]]);
        double second = 1 + popularity.positives(teacher.items()[candidates[other]]);
        return Math.max(first, second) <= settings.popularityRatio() * Math.min(first, second);
    }

    private Supervision numberRows(HighestPairs.Slots slots, int scored) {
        float[] differences = new float[slots.preferred().length];
        for (int pair = 0; pair < differences.length; pair++) {
            differences[pair] = difference(slots.preferred()[pair], slots.other()[pair]);
        }
        Arrays.fill(rowOfSlot, 0, scored * settings.candidatesPerUser(), -1);
        for (int pair = 0; pair < slots.preferred().length; pair++) {
            rowOfSlot[slots.preferred()[pair]] = 0;
            rowOfSlot[slots.other()[pair]] = 0;
        }
        int rows = 0;
        for (int slot = 0; slot < scored * settings.candidatesPerUser(); slot++) {
            if (rowOfSlot[slot] == 0) {
                rowOfSlot[slot] = rows++;
            }
        }
        int[] rowUsers = new int[rows];
        int[] rowItems = new int[rows];
        int[] rowPositions = new int[rows];
        float[] rowScores = new float[rows];
        for (int index = 0; index < scored; index++) {
            int user = users.user(index);
            int at = index * settings.candidatesPerUser();
            for (int slot = at; slot < at + counts[index]; slot++) {
                int row = rowOfSlot[slot];
                if (row >= 0) {
                    rowUsers[row] = user;
                    rowItems[row] = teacher.items()[candidates[slot]];
                    rowPositions[row] = log.length(user);
                    rowScores[row] = score(slot);
                }
            }
        }
        for (int pair = 0; pair < slots.preferred().length; pair++) {
            slots.preferred()[pair] = rowOfSlot[slots.preferred()[pair]];
            slots.other()[pair] = rowOfSlot[slots.other()[pair]];
        }
        return new Supervision(
                new Instances(rowUsers, rowItems, rowPositions),
                rowScores,
                new Pairs(slots.preferred(), slots.other(), differences));
    }

    private float difference(int preferred, int other) {
        return score(preferred) - score(other);
    }

    private float score(int slot) {
        return teacher.scores()[candidates[slot]];
    }
}
