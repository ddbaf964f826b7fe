// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * Labelled rows: each positive is followed by its negatives, which have the same user and position.
 *
 * @param instances the rows
 * @param negatives number of negatives that follow each positive, at least 1; so row {@code r} is a positive exactly
 *     when {@code r % (1 + negatives) == 0}
 */
public record Samples(Instances instances, int negatives) {
    /** Checks that the rows form whole groups of one positive and its negatives. */
    public Samples {
        if (negatives < 1 || instances.size() % (1 + negatives) != 0) {
            throw new IllegalArgumentException(
                    instances.size() + " rows cannot be groups of one positive and " + negatives + " negatives");
        }
    }

    /** Number of rows. */
    public int size() {
        return instances.size();
    }

    /** Number of positives. */
    public int positives() {
        return size() / (1 + negatives);
    }

    /** 1 for a positive, 0 for a negative. */
    public int label(int row) {
        return row % (1 + negatives) == 0 ? 1 : 0;
    }
}
