// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import org.sllmr.data.Vocabulary;

/**
 * What the source says of rows as samples, beyond user, item and time.
 *
 * @param values 1 for a positive, 0 for a negative, one per row; empty if all are positives and no samples are given
 * @param groupIds ids of the impressions in order of first appearance
 * @param groups index into {@code groupIds} of each row; empty if there are none
 * @param parts the part of each row, as {@link #HISTORY} and so on; empty if the files do not say
 * @param anonymous whether rows have no users: they then share one, whose history stays empty
 */
public record RawLabels(byte[] values, Vocabulary groupIds, int[] groups, byte[] parts, boolean anonymous) {
    /** A positive that is in histories and no sample. */
    public static final byte HISTORY = 0;
    /** A row of the training part. */
    public static final byte TRAINING = 1;
    /** A row of the validation part. */
    public static final byte VALIDATION = 2;
    /** A row of the test part. */
    public static final byte TEST = 3;
    /** A row that guidance is fitted on; a split by folds decides on it. */
    public static final byte CALIBRATION = 4;
    /** A candidate for a user: an item that is judged, whether the user took it or not. */
    public static final byte CANDIDATE = 5;

    /** Rows that are all positives. */
    public static RawLabels none() {
        return new RawLabels(new byte[0], new Vocabulary(List.of()), new int[0], new byte[0], false);
    }

    /** Whether rows have labels. */
    public boolean given() {
        return values.length > 0;
    }
}
