// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ended batches whose answer files are not available yet, with the time since when. */
final class LateFiles {
    private final long mostNanos;
    private final Map<String, Long> since = new LinkedHashMap<>();

    LateFiles(Duration most) {
        this.mostNanos = most.toNanos();
    }

    /** Notes that a batch is late. */
    void add(String batch) {
        since.putIfAbsent(batch, System.nanoTime());
    }

    /** Notes that a batch was collected. */
    void remove(String batch) {
        since.remove(batch);
    }

    /** Number of batches for which the wait is over. */
    int expired() {
        return (int) expired(System.nanoTime()).count();
    }

    private Stream<String> expired(long now) {
        return since.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= mostNanos)
                .map(Map.Entry::getKey);
    }

    /** The message about them. */
    String message() {
        return "batch " + expired(System.nanoTime()).collect(Collectors.joining(", "))
                + " has ended, but its answers were not available within "
                + Duration.ofNanos(mostNanos).toMinutes()
                + " minutes; the next run collects it, and its questions are not asked again, because they may be paid"
                + " for. language.batch.fileWaitMinutes is the time to wait; if the answers never arrive, remove the"
                + " batch from batches/batches.json in the store to ask again";
    }
}
