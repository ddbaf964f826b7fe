// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the outcomes of a run's requests.
 *
 * <p>Not thread-safe.
 */
final class Tally {
    private final int total;
    private final int answeredBefore;
    private final Map<String, Long> faults = new TreeMap<>();
    private int answered;
    private int left;
    private String lastFailure = "";

    /**
     * A tally of zeros.
     *
     * @param total number of requests
     * @param answeredBefore number of them that earlier runs have answers for
     */
    Tally(int total, int answeredBefore) {
        this.total = total;
        this.answeredBefore = answeredBefore;
    }

    void answered() {
        answered++;
    }

    /** An attempt had no usable answer. */
    void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    /** The provider failed an attempt, with a message. */
    void failed(String words) {
        lastFailure = words;
    }

    String lastFailure() {
        return lastFailure;
    }

    /** So many requests reached their maximum number of attempts, or wait for one that did. */
    void left(int requests) {
        left += requests;
    }

    int answeredSoFar() {
        return answered;
    }

    AskingProgress progress(int underWay, double spent, Duration elapsed, boolean providerDown) {
        return new AskingProgress(
                total, answeredBefore, answered, left, underWay, spent, faults, elapsed, providerDown, lastFailure);
    }
}
