// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;

/** Leaves out the last training interactions of held-out users. */
final class HeldOutFilter {
    private HeldOutFilter() {}

    /**
     * The samples that may be trained on, in their order; a positive and its negatives stay or go together.
     *
     * @param heldOut whether each user is held out; empty for nobody
     * @throws InvalidInputException if none would be left
     */
    static Samples apply(boolean[] heldOut, InteractionLog log, Samples samples) {
        if (heldOut.length == 0) {
            return samples;
        }
        Instances all = samples.instances();
        int[] firstPosition = firstPositions(heldOut, log, samples.labelled());
        int[] rows = new int[samples.size()];
        int kept = 0;
        for (int row = 0; row < rows.length; row++) {
            int user = all.users()[row];
            // The rows of a positive and its negatives share user and position; later rows have it in their history.
            if (!heldOut[user] || all.positions()[row] < firstPosition[user]) {
                rows[kept++] = row;
            }
        }
        if (kept == 0) {
            throw new InvalidInputException(
                    "teacher scores",
                    "hold out every training sample; plan with a smaller plan.heldOut.share and score again");
        }
        return samples.select(Arrays.copyOf(rows, kept));
    }

    /**
     * How many of each user's interactions, the first ones, are not held out.
     *
     * @param heldOut whether each user is held out; empty for nobody
     */
    static IntUnaryOperator known(boolean[] heldOut, InteractionLog log, boolean labelled) {
        int[] first = firstPositions(heldOut, log, labelled);
        return user -> user < heldOut.length && heldOut[user] ? first[user] : Integer.MAX_VALUE;
    }

    /** The position of each held-out user's last interaction: {@code [users]}. */
    private static int[] firstPositions(boolean[] heldOut, InteractionLog log, boolean labelled) {
        int[] positions = new int[heldOut.length];
        for (int user = 0; user < positions.length; user++) {
            int last = log.length(user) - 1;
            int position = last;
            // Where rows have labels, positives of one time have one position: that of the first of them.
            while (labelled
                    && heldOut[user]
                    && position > 0
                    && log.time(user, last) != InteractionLog.NO_TIME
                    && log.time(user, position - 1) == log.time(user, last)) {
                position--;
            }
            positions[user] = position;
        }
        return positions;
    }
}
