// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.Arrays;
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
        int[] users = new int[samples.size()];
        int[] items = new int[samples.size()];
        int[] positions = new int[samples.size()];
        int kept = 0;
        for (int row = 0; row < samples.size(); row++) {
            int user = all.users()[row];
            // The rows of a positive and its negatives share user and position.
            if (heldOut[user] && all.positions()[row] == log.length(user) - 1) {
                continue;
            }
            users[kept] = user;
            items[kept] = all.items()[row];
            positions[kept++] = all.positions()[row];
        }
        if (kept == 0) {
            throw new InvalidInputException(
                    "teacher scores",
                    "hold out every training sample; plan with a smaller plan.heldOut.share and score again");
        }
        return new Samples(
                new Instances(Arrays.copyOf(users, kept), Arrays.copyOf(items, kept), Arrays.copyOf(positions, kept)),
                samples.negatives());
    }
}
