// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A summary of a store.
 *
 * @param running whether a run is adding to it now; not known of a store of tasks on Spark
 * @param runs number of runs that were started
 * @param requests number of requests of all passes of the last run
 * @param answered number of requests with an answer
 * @param unanswered number of requests that were sent and have no answer yet
 * @param attempts number of requests sent
 * @param faults number of attempts without a usable answer, by kind, most frequent first
 * @param scores number of scores of all passes
 * @param promptTokens number of prompt tokens by the provider's count
 * @param replyTokens number of reply tokens by the provider's count
 * @param cost cost of all attempts; those without a reported usage count with their maximum cost
 * @param medianLatencyMillis median latency of replies
 * @param slowLatencyMillis 95 % quantile of the latency of replies
 * @param positions mean score by place in the list of candidates; of windows that slide only the first, which is shuffled
 * @param positionCorrelation Pearson's correlation of place and score, 0 if undefined; far from 0 the score depends on
 *     the place and not on the item
 */
public record StoreSummary(
        Optional<Boolean> running,
        int runs,
        int requests,
        int answered,
        int unanswered,
        long attempts,
        Map<String, Long> faults,
        long scores,
        long promptTokens,
        long replyTokens,
        double cost,
        double medianLatencyMillis,
        double slowLatencyMillis,
        List<Position> positions,
        double positionCorrelation) {
    /** Copies the map and list in their order. */
    public StoreSummary {
        faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
        positions = List.copyOf(positions);
    }

    /**
     * A place in the list of candidates.
     *
     * @param position 1 for the first
     * @param scores number of scores at this place
     * @param meanScore their mean
     */
    public record Position(int position, long scores, double meanScore) {}
}
