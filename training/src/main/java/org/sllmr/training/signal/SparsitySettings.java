// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.configuration.Checks;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.Popularity;

/**
 * What counts as a cold user and as a long-tail item (paper, Section 3.3: Cold(u) = 1[|H(u)| &lt; tau_u], Tail(i) =
 * 1[pop(i) &lt; tau_i]).
 *
 * <p>For evaluation the paper gives tau_u = 3, and the bottom 20 % of items instead of tau_i. A share, unlike a count,
 * transfers between datasets; tau_i is then the count at the share's edge, and of the items with exactly that count
 * those with the lowest indices fill the share. The defaults are those of evaluation's slices.
 *
 * @param coldBelow tau_u: a user with fewer training interactions is cold; 0 (nobody is cold) or more. In 5-core data
 *     split by leave-one-out every user has 3 or more, so the default is 4: at most 3 interactions
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

    /** As in evaluation: {@link ColdUsers} and {@link Popularity#longTail}. */
    public static SparsitySettings defaults() {
        return new SparsitySettings(ColdUsers.MAX_INTERACTIONS + 1, Popularity.LONG_TAIL_SHARE);
    }
}
