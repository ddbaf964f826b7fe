// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sllmr.data.Samples;

/**
 * The share of a worker: every {@code of}-th user from {@code index} on, with all samples.
 *
 * @param index from 0
 * @param of number of workers
 */
public record Share(int index, int of) {
    /** Checks the range. */
    public Share {
        if (index < 0 || index >= of) {
            throw new IllegalArgumentException("share " + index + " of " + of);
        }
    }

    private boolean has(int user) {
        return user % of == index;
    }

    /** The share's samples, in their order. */
    Samples select(Samples all) {
        int[] users = all.instances().users();
        return of == 1
                ? all
                : all.select(IntStream.range(0, users.length)
                        .filter(row -> has(users[row]))
                        .toArray());
    }

    /** Number of samples in the largest of all shares. */
    int largest(Samples all) {
        int[] sizes = new int[of];
        for (int user : all.instances().users()) {
            sizes[user % of]++;
        }
        return Arrays.stream(sizes).max().getAsInt();
    }
}
