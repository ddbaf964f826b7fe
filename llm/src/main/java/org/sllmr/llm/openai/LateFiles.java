// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Batches that say they have ended and whose answers are not there yet, and how long they are waited for. */
final class LateFiles {
    private final long mostNanos;
    private final Map<String, Long> since = new LinkedHashMap<>();

    LateFiles(Duration most) {
        this.mostNanos = most.toNanos();
    }

    /** A batch was looked at, and is late. */
    void add(String batch) {
        since.putIfAbsent(batch, System.nanoTime());
    }

    /** A batch was collected. */
    void remove(String batch) {
        since.remove(batch);
    }

    /** How many were waited for as long as they may be. */
    int given() {
        return (int) given(System.nanoTime()).count();
    }

    private Stream<String> given(long now) {
        return since.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= mostNanos)
                .map(Map.Entry::getKey);
    }

    /** What to say of them. */
    String message() {
        return "batch " + given(System.nanoTime()).collect(Collectors.joining(", "))
                + " has ended, and its answers have not come within "
                + Duration.ofNanos(mostNanos).toMinutes()
                + " minutes; it is kept, and the next run collects it: nothing of it is asked again, since it may be paid"
                + ". language.batch.fileWaitMinutes says how long to wait; where they never come, take the batch out of"
                + " batches/batches.json in the store to ask it again";
    }
}
