// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.data.ColdUsers;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;

/** Which users are cold and which items are long-tail, by what training has seen of them. */
public final class Sparsity {
    private final boolean[] cold;
    private final boolean[] tail;

    private Sparsity(boolean[] cold, boolean[] tail) {
        this.cold = cold;
        this.tail = tail;
    }

    /** Counts training interactions of users, and training positives of items: pop(i). */
    public static Sparsity of(TrainingData data, SparsitySettings settings) {
        return new Sparsity(
                ColdUsers.of(data.log(), settings.coldBelow() - 1),
                Popularity.of(data).leastPopular(settings.tailShare()));
    }

    /** Cold(u). */
    public boolean cold(int user) {
        return cold[user];
    }

    /** Tail(i). */
    public boolean tail(int item) {
        return tail[item];
    }
}
