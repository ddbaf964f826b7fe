// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.data.ColdUsers;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;

/** Which users are cold and which items are long-tail, by their numbers of training interactions. */
public final class Sparsity {
    private final boolean[] cold;
    private final boolean[] tail;
    private final int coldBelow;

    private Sparsity(boolean[] cold, boolean[] tail, int coldBelow) {
        this.coldBelow = coldBelow;
        this.cold = cold;
        this.tail = tail;
    }

    /** Counts training interactions of users, and training positives of items: pop(i). */
    public static Sparsity of(TrainingData data, SparsitySettings settings) {
        return new Sparsity(
                ColdUsers.of(data.log(), settings.coldBelow() - 1),
                Popularity.of(data).leastPopular(settings.tailShare()),
                settings.coldBelow());
    }

    /** Cold(u). */
    public boolean cold(int user) {
        return cold[user];
    }

    /** Cold(u) when the user had that many interactions. */
    public boolean coldAfter(int interactions) {
        return interactions < coldBelow;
    }

    /** Tail(i). */
    public boolean tail(int item) {
        return tail[item];
    }
}
