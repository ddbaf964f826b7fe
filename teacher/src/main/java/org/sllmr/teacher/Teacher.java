// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.util.Map;

/**
 * Scores how well an item suits a user, given the user's history: sLLM(u, i) of Section 3.1.
 *
 * <p>Implementations are thread-safe, and a score does not depend on other calls.
 */
public interface Teacher {
    /** Marks an item without a score; it forms no pairs. */
    float NO_SCORE = Float.NaN;

    /** Name in results, such as {@code embedding}. */
    String name();

    /** Identifies the language model: a content hash or a provider's model id. */
    String model();

    /** All other settings that affect scores, as name to value in a fixed order, for provenance. */
    Map<String, String> settings();

    /** L, the number of a user's last interactions that the teacher uses. */
    int historyLength();

    /**
     * Scores candidates of one user.
     *
     * @param history the user's last interactions, oldest first: the first {@code historySize} entries
     * @param historySize 0 to {@link #historyLength()}
     * @param candidates item indices; those at {@code [from, to)} are scored
     * @param scores receives a score in [0, 1] or {@link #NO_SCORE} at {@code [from, to)}
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    void score(int[] history, int historySize, int[] candidates, int from, int to, float[] scores)
            throws InterruptedException;
}
