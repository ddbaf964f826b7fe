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
 * Forms a step's user-consistent pairs: of the users in the batch, of valid teacher scores only, those K~ with the
 * largest differences (paper, Section 3.2), or a sample of those that the settings allow.
 *
 * <p>Equal scores never pair. Equal differences are settled by the order in which the shuffled batch names the users,
 * and within a user from the highest preferred item and the lowest other item inwards; equally scored candidates stand
 * in drawn order. So no user and no item is favoured for its number.
 *
 * <p>Looks at the teacher's scores alone, so it can run before the forward pass, beside the previous step. Keeps buffers
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
    /** Candidates of all users, each user's in {@code candidatesPerUser} slots, by falling score. */
    private int[] candidates = new int[0];

    private int[] counts = new int[0];
    private int[] rowOfSlot = new int[0];
    private final long[] sortKeys;
    private final int[] drawn;

    /**
     * Selects among the scores of a table.
     *
     * @param log the training interactions, whose number is a row's position
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
            counts[index] = drawByFallingScore(users.user(index), random, at);
            if (anyPair(at, counts[index], least(users.user(index)))) {
                paired++;
            }
        }
        if (paired == 0) {
            return Supervision.NONE;
        }
        chosen.clear((int) Math.min(settings.maxPairs(), (long) settings.pairsPerUser() * paired));
        for (int index = 0; index < scored; index++) {
            int at = index * settings.candidatesPerUser();
            double least = least(users.user(index));
            switch (settings.order()) {
                case LARGEST -> offerLargest(at, counts[index], least);
                case RANDOM -> offerAll(at, counts[index], least, random);
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

    private int drawByFallingScore(int user, RandomGenerator random, int at) {
        int count = sample.draw(user, settings.candidatesPerUser(), random, drawn, 0);
        for (int index = 0; index < count; index++) {
            // Adding 0 makes -0 positive, so that bits order as values do.
            int bits = Float.floatToRawIntBits(teacher.scores()[drawn[index]] + 0f);
            sortKeys[index] = ((long) (Integer.MAX_VALUE - bits) << 32) | index;
        }
        Arrays.sort(sortKeys, 0, count);
        for (int index = 0; index < count; index++) {
            candidates[at + index] = drawn[(int) sortKeys[index]];
        }
        return count;
    }

    private boolean anyPair(int at, int count, double least) {
        for (int preferred = at; preferred < at + count; preferred++) {
            for (int other = at + count - 1; other > preferred && far(preferred, other, least); other--) {
                if (comparable(preferred, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void offerLargest(int at, int count, double least) {
        for (int preferred = at; preferred < at + count; preferred++) {
            // Nearer ones differ even less.
            for (int other = at + count - 1; other > preferred && far(preferred, other, least); other--) {
                if (comparable(preferred, other) && !chosen.offer(difference(preferred, other), preferred, other)) {
                    // The next preferred item starts no higher than this one did.
                    if (other == at + count - 1) {
                        return;
                    }
                    break;
                }
            }
        }
    }

    private void offerAll(int at, int count, double least, RandomGenerator random) {
        for (int preferred = at; preferred < at + count; preferred++) {
            for (int other = at + count - 1; other > preferred && far(preferred, other, least); other--) {
                if (comparable(preferred, other)) {
                    chosen.offer(random.nextFloat(), preferred, other);
                }
            }
        }
    }

    /** Least difference of scores by which the teacher tells two items of a user apart. */
    private double least(int user) {
        return Math.max(settings.minDifference(), settings.minRelativeDifference() * spread.of(user));
    }

    /** Whether the teacher tells the items of two slots of one user apart. */
    private boolean far(int preferred, int other, double least) {
        float difference = difference(preferred, other);
        return difference > 0 && difference >= least;
    }

    /** Whether two items are about as popular. */
    private boolean comparable(int preferred, int other) {
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
