// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/**
 * The teacher's soft scores sLLM(u, i), as training reads them: primitive arrays, grouped by user.
 *
 * <p>Only valid scores are stored. The paper's default of 0.5 for a missing score (Section 3.1) would create pairs, so
 * missing scores are left out.
 *
 * <p>Held-out users were scored without their last training interaction, so their scores can be compared with what they
 * did. The plan decides who they are, whether or not they got scores.
 *
 * @param offsets first index of each user's scores and, at the end, their number: {@code [users + 1]}, rising
 * @param items scored items, rising within a user
 * @param scores their scores in [0, 1]
 * @param heldOut whether each user's last training interaction is held out: {@code [users]}
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
                    heldOut.length + " held-out flags for " + (offsets.length - 1) + " users");
        }
        checkRising(offsets);
        for (int index = 0; index < scores.length; index++) {
            if (!(scores[index] >= 0 && scores[index] <= 1)) {
                throw new IllegalArgumentException("score " + scores[index] + " at " + index + " is outside [0, 1]");
            }
        }
    }

    /** A table without held-out users. */
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

    /** Index of the score of a user for an item, or a negative number if there is none. */
    public int indexOf(int user, int item) {
        return Arrays.binarySearch(items, from(user), to(user), item);
    }

    /**
     * The same items with each user's scores in random order: a control with the same shape but without information.
     *
     * <p>A gain from training with it is not due to the teacher's knowledge. Coverage, the distribution of scores and
     * the number of pairs do not change.
     *
     * @param seed a user's order depends only on it and the user
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
