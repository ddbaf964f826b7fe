// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what became of a run's requests.
 *
 * <p>Not safe for many threads.
 */
final class Tally {
    private final int total;
    private final int answeredBefore;
    private final Map<String, Long> faults = new TreeMap<>();
    private int answered;
    private int left;
    private String lastFailure = "";

    /**
     * Nothing counted yet.
     *
     * @param total number of requests
     * @param answeredBefore how many of them earlier runs got an answer to
     */
    Tally(int total, int answeredBefore) {
        this.total = total;
        this.answeredBefore = answeredBefore;
    }

    void answered() {
        answered++;
    }

    /** An attempt brought nothing that can be used. */
    void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    /** The provider failed an attempt, and said so. */
    void failed(String words) {
        lastFailure = words;
    }

    String lastFailure() {
        return lastFailure;
    }

    /** A request was asked as often as it may. */
    void left() {
        left++;
    }

    int answeredSoFar() {
        return answered;
    }

    AskingProgress progress(int underWay, double spent, Duration elapsed, boolean providerDown) {
        return new AskingProgress(
                total, answeredBefore, answered, left, underWay, spent, faults, elapsed, providerDown, lastFailure);
    }
}
