// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The progress of a run.
 *
 * @param total number of requests
 * @param answeredBefore number of requests that earlier runs have answers for
 * @param answered number of requests that this run has answers for
 * @param leftUnanswered number of requests that reached their maximum number of attempts
 * @param underWay number of requests that were sent and have no outcome yet
 * @param spent cost, including earlier runs
 * @param faults number of attempts without a usable answer, by kind
 * @param elapsed time since the start
 * @param providerDown whether nothing is sent because the provider seems to be down
 * @param lastFailure message of the last failure of provider or connection; "" if there was none
 */
public record AskingProgress(
        int total,
        int answeredBefore,
        int answered,
        int leftUnanswered,
        int underWay,
        double spent,
        Map<String, Long> faults,
        Duration elapsed,
        boolean providerDown,
        String lastFailure) {
    /** Copies the map in its order. */
    public AskingProgress {
        faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
    }

    /** Number of finished requests: answered now or before, or left unanswered. */
    public int done() {
        return answeredBefore + answered + leftUnanswered;
    }

    /** Answered requests per second. */
    public double rate() {
        return elapsed.isZero() ? 0 : answered / (elapsed.toNanos() / 1e9);
    }

    /** Remaining time at the current rate; empty before the first answer. */
    public Optional<Duration> left() {
        return rate() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) ((total - done()) * 1000.0 / rate())));
    }
}
