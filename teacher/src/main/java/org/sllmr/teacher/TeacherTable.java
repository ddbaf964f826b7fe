// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/**
 * The teacher's soft scores sLLM(u, i), as training reads them: primitive arrays, grouped by user.
 *
 * <p>Only valid scores are here. The paper's default of 0.5 for a missing score (Section 3.1) must not create pairs, so
 * a missing score is simply absent.
 *
 * <p>Of users who are held out the teacher was asked as if their last training interaction had not happened yet: its
 * scores can be held against what they did. The plan says who they are, whether or not a score came back.
 *
 * @param offsets first index of each user's scores and, last, their number: {@code [users + 1]}, rising
 * @param items scored items, rising within a user
 * @param scores their scores in [0, 1]
 * @param heldOut of each user whether the last training interaction is held out: {@code [users]}
 */
public record TeacherTable(int[] offsets, int[] items, float[] scores, boolean[] heldOut) {
    /** Checks that the columns agree and that every score is in [0, 1]. */
    public TeacherTable {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != items.length) {
            throw new IllegalArgumentException("offsets do not span the " + items.length + " scores");
        }
        if (items.length != scores.length) {
            throw new IllegalArgumentException(items.length + " items for " + scores.length + " scores");
        }
        if (heldOut.length != offsets.length - 1) {
            throw new IllegalArgumentException(
                    heldOut.length + " users are held out or not, of " + (offsets.length - 1));
        }
        checkRising(offsets);
        for (int index = 0; index < scores.length; index++) {
            if (!(scores[index] >= 0 && scores[index] <= 1)) {
                throw new IllegalArgumentException("score " + scores[index] + " at " + index + " is outside [0, 1]");
            }
        }
    }

    /** A table that holds nobody out. */
    public TeacherTable(int[] offsets, int[] items, float[] scores) {
        this(offsets, items, scores, new boolean[Math.max(0, offsets.length - 1)]);
    }

    /**
     * Checks that offsets rise.
     *
     * @throws IllegalArgumentException if they do not
     */
    public static void checkRising(int[] offsets) {
        for (int user = 0; user + 1 < offsets.length; user++) {
            if (offsets[user] > offsets[user + 1]) {
                throw new IllegalArgumentException("offsets fall after user " + user);
            }
        }
    }

    /** Number of users. */
    public int users() {
        return offsets.length - 1;
    }

    /** Number of scores. */
    public int size() {
        return items.length;
    }

    /** Index of a user's first score. */
    public int from(int user) {
        return offsets[user];
    }

    /** Index after a user's last score. */
    public int to(int user) {
        return offsets[user + 1];
    }

    /** Index of the score of a user for an item, or a negative number where there is none. */
    public int indexOf(int user, int item) {
        return Arrays.binarySearch(items, from(user), to(user), item);
    }

    /**
     * The same items with each user's scores in random order: a teacher of the same shape who knows nothing.
     *
     * <p>What training gains from it, it does not gain from the teacher's knowledge. Coverage, the distribution of scores
     * and the number of pairs stay as they are.
     *
     * @param seed a user's order depends on it and on the user alone
     */
    public TeacherTable shuffled(Seed seed) {
        float[] shuffled = scores.clone();
        for (int user = 0; user < users(); user++) {
            RandomGenerator random = seed.child(user).generator();
            for (int index = to(user) - 1; index > from(user); index--) {
                int other = from(user) + random.nextInt(index - from(user) + 1);
                float score = shuffled[index];
                shuffled[index] = shuffled[other];
                shuffled[other] = score;
            }
        }
        return new TeacherTable(offsets, items, shuffled, heldOut);
    }
}
