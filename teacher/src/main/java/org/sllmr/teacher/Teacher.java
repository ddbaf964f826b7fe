// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.util.Map;

/**
 * One who says how well an item suits a user, given what the user did before: sLLM(u, i) of Section 3.1.
 *
 * <p>Implementations are safe for use by many threads at once, and one question's answer does not depend on what else
 * is asked beside it.
 */
public interface Teacher {
    /** The score of an item that the teacher has nothing to say about; it never becomes a pair. */
    float NO_SCORE = Float.NaN;

    /** Name for results, such as {@code embedding}. */
    String name();

    /** What identifies the language model: a content hash or a provider's model id. */
    String model();

    /** What else decides the scores, for provenance: setting name to value, in a fixed order. */
    Map<String, String> settings();

    /** L, how many of a user's last interactions the teacher looks at. */
    int historyLength();

    /**
     * Scores candidates of one user.
     *
     * @param history the user's last interactions, oldest first: the first {@code historySize} entries
     * @param historySize 0 to {@link #historyLength()}
     * @param candidates item indices; those at {@code [from, to)} are asked about
     * @param scores receives a score in [0, 1] or {@link #NO_SCORE} at {@code [from, to)}
     * @throws InterruptedException if the thread is interrupted while it waits for an answer
     */
    void score(int[] history, int historySize, int[] candidates, int from, int to, float[] scores)
            throws InterruptedException;
}
