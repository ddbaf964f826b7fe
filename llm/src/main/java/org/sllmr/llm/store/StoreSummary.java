// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store holds.
 *
 * @param running whether a run adds to it now
 * @param runs how often a run was started
 * @param requests number of requests of all passes of the last run
 * @param answered requests with an answer
 * @param unanswered requests that were sent and have none yet
 * @param attempts how often a request was sent
 * @param faults attempts without a usable answer, by kind, most frequent first
 * @param scores scores, of all passes
 * @param promptTokens prompt tokens that the provider counted
 * @param replyTokens reply tokens that the provider counted
 * @param cost money that all attempts cost; those whose cost nobody told count with the most that they can have cost
 * @param medianLatencyMillis half of the replies took no longer
 * @param slowLatencyMillis 95 % of the replies took no longer
 * @param positions mean score by place in the list of candidates
 * @param positionCorrelation Pearson's correlation of place and score, 0 where there is none; far from 0 the model judges
 *     the place and not the item
 */
public record StoreSummary(
        boolean running,
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
    /** Copies; the order is kept. */
    public StoreSummary {
        faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
        positions = List.copyOf(positions);
    }

    /**
     * A place in the list of candidates.
     *
     * @param position 1 for the first
     * @param scores how many scores were given to items there
     * @param meanScore their mean
     */
    public record Position(int position, long scores, double meanScore) {}
}
