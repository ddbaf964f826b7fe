// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a run is.
 *
 * @param total number of requests
 * @param answeredBefore requests that earlier runs got an answer to
 * @param answered requests that this run got an answer to
 * @param leftUnanswered requests that this run asked as often as it may
 * @param underWay requests sent and not answered yet
 * @param spent money, that of earlier runs included
 * @param faults attempts without a usable answer, by kind
 * @param elapsed time since the start
 * @param providerDown whether nothing is sent because the provider seems to be down
 * @param lastFailure what the provider or the connection said when it last failed; "" if it did not
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
    /** Copies the map; its order is kept. */
    public AskingProgress {
        faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
    }

    /** Requests that need nothing more: answered now or before, or left. */
    public int done() {
        return answeredBefore + answered + leftUnanswered;
    }

    /** Requests answered in a second. */
    public double rate() {
        return elapsed.isZero() ? 0 : answered / (elapsed.toNanos() / 1e9);
    }

    /** Time that the rest takes at the rate so far; empty before the first answer. */
    public Optional<Duration> left() {
        return rate() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) ((total - done()) * 1000.0 / rate())));
    }
}
