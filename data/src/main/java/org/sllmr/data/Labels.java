// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/** Which rows of {@link Samples} are positives, and which rows belong together. */
public sealed interface Labels {
    /**
     * Each positive is followed by its negatives, which have the same user and position: row {@code r} is a positive
     * exactly when {@code r % (1 + negatives) == 0}.
     *
     * @param negatives number of negatives that follow each positive, at least 1
     */
    record Drawn(int negatives) implements Labels {
        /** Checks the number. */
        public Drawn {
            if (negatives < 1) {
                throw new IllegalArgumentException(negatives + " negatives of each positive; at least one is needed");
            }
        }
    }

    /**
     * Every row has a label of its own, as in a log of impressions.
     *
     * @param values 1 for a positive, 0 for a negative: {@code [rows]}
     * @param lists the first row of each list (impression) and, at the end, the number of rows: {@code [lists + 1]},
     *     rising; empty if it is not known which rows belong together
     */
    record Given(byte[] values, int[] lists) implements Labels {
        /** Checks that the lists span the rows and that every label is 0 or 1. */
        public Given {
            for (byte value : values) {
                if (value != 0 && value != 1) {
                    throw new IllegalArgumentException("a label is " + value + ", allowed are 0 and 1");
                }
            }
            if (lists.length > 0 && (lists[0] != 0 || lists[lists.length - 1] != values.length)) {
                throw new IllegalArgumentException("lists do not span the " + values.length + " rows");
            }
            for (int list = 1; list < lists.length; list++) {
                if (lists[list] <= lists[list - 1]) {
                    throw new IllegalArgumentException("list " + (list - 1) + " has no rows");
                }
            }
        }
    }
}
