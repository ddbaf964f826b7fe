// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.io.Serializable;

/**
 * Scores that come back.
 *
 * @param first index of the first user
 * @param scores the score of each candidate of the users
 */
record SentScores(int first, float[] scores) implements Serializable {
    private static final long serialVersionUID = 1L;
}
