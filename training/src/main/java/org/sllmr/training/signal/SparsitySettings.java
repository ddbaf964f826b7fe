// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.configuration.Checks;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Popularity;

/**
 * What counts as a cold user and as a long-tail item (paper, Section 3.3: Cold(u) = 1[|H(u)| &lt; tau_u], Tail(i) =
 * 1[pop(i) &lt; tau_i]).
 *
 * <p>The paper gives tau_u = 3 for evaluation, and a bottom 20 % in place of tau_i. A share carries over from one
 * dataset to another where a count does not; tau_i is then the count at the share's edge, and of the items with exactly
 * that count the ones with the lower index are taken until the share is full. The defaults are what evaluation slices
 * by.
 *
 * @param coldBelow tau_u: a user with fewer training interactions is cold; 0 (nobody is cold) or more. After a leave-two-
 *     out split of 5-core data nobody has fewer than 3, hence 4 by default: at most 3
 * @param tailShare share of all items that are long-tail, the least popular first; 0 to 1
 */
public record SparsitySettings(int coldBelow, double tailShare) {
    /** Checks the ranges. */
    public SparsitySettings {
        new Checks()
                .atLeast("coldBelow", coldBelow, 0)
                .between("tailShare", tailShare, 0, 1)
                .done();
    }

    /** What evaluation calls cold and long-tail: {@link ColdUsers} and {@link Popularity#longTail}. */
    public static SparsitySettings defaults() {
        return new SparsitySettings(ColdUsers.MAX_INTERACTIONS + 1, Popularity.LONG_TAIL_SHARE);
    }
}
