// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.Arrays;
import org.sllmr.data.Samples;
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
        boolean[] cold = new boolean[data.log().users()];
        for (int user = 0; user < cold.length; user++) {
            cold[user] = data.log().length(user) < settings.coldBelow();
        }
        return new Sparsity(cold, leastPopular(popularity(data), settings.tailShare()));
    }

    private static int[] popularity(TrainingData data) {
        int[] positives = new int[data.catalogue().size()];
        Samples samples = data.training();
        for (int row = 0; row < samples.size(); row++) {
            positives[samples.instances().items()[row]] += samples.label(row);
        }
        return positives;
    }

    private static boolean[] leastPopular(int[] popularity, double share) {
        long[] order = new long[popularity.length];
        for (int item = 0; item < order.length; item++) {
            order[item] = ((long) popularity[item] << 32) | item;
        }
        Arrays.sort(order);
        boolean[] tail = new boolean[popularity.length];
        // A fifth of 15 items is 3, whatever 15 * 0.2 is in binary.
        int items = (int) (share * popularity.length + 1e-9);
        for (int place = 0; place < items; place++) {
            tail[(int) order[place]] = true;
        }
        return tail;
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
