// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import org.sllmr.data.Instances;

/**
 * The guidance rows of a step, which follow the samples in its batch; each is scored once, whatever number of pairs it
 * is in.
 *
 * @param rows (user, item, number of the user's training interactions), user by user; the position is that of the
 *     teacher's request, after all of the user's training interactions
 * @param scores teacher score of each row, in [0, 1]
 * @param pairs pairs among the rows; none for guidance by single rows
 * @param sampleTargets for guidance of the samples themselves a probability for each of them, NaN for none; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
public record Supervision(Instances rows, float[] scores, Pairs pairs, float[] sampleTargets) {
    /** A step without guidance. */
    public static final Supervision NONE =
            new Supervision(new Instances(new int[0], new int[0], new int[0]), new float[0], Pairs.NONE);

    /** Guidance by rows or pairs. */
    public Supervision(Instances rows, float[] scores, Pairs pairs) {
        this(rows, scores, pairs, new float[0]);
    }

    /** Guidance of the samples themselves, without further rows. */
    public static Supervision ofSamples(float[] targets) {
        return new Supervision(NONE.rows, NONE.scores, Pairs.NONE, targets);
    }

    /** Checks that the columns agree in length. */
    public Supervision {
        if (rows.size() != scores.length) {
            throw new IllegalArgumentException(scores.length + " scores for " + rows.size() + " rows");
        }
    }

    /** Number of rows. */
    public int size() {
        return scores.length;
    }
}
