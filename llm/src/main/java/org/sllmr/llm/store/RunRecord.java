// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.request.RequestOrigin;
import org.sllmr.llm.request.Requests;

/**
 * One start of a run.
 *
 * @param started start time
 * @param origin what its requests are made from
 * @param address address of the model
 * @param passes number of times each candidate is asked about
 * @param requests number of requests of all passes, including those answered before
 * @param promptPrice price of a million prompt tokens
 * @param replyPrice price of a million reply tokens
 * @param budget maximum cost of all runs of the store, if there is a limit
 * @param adaptations adaptations to what the server refused, by the settings' names
 */
public record RunRecord(
        Instant started,
        RequestOrigin origin,
        String address,
        int passes,
        int requests,
        double promptPrice,
        double replyPrice,
        Optional<Double> budget,
        Map<String, String> adaptations) {
    /** Copies the map in its order. */
    public RunRecord {
        adaptations = Collections.unmodifiableMap(new LinkedHashMap<>(adaptations));
    }

    /** The start of a run. */
    public static RunRecord of(
            Instant started, Requests requests, String address, TokenPrice price, Optional<Double> budget) {
        return new RunRecord(
                started,
                requests.origin(),
                address,
                requests.passes(),
                requests.size(),
                price.inputPerMillion(),
                price.outputPerMillion(),
                budget,
                Map.of());
    }

    /**
     * What the answers of runs of one store depend on besides the requests, for provenance: settings and address of the
     * model, the wording, and adaptations to what the server refused.
     */
    static Map<String, String> settings(List<RunRecord> runs) {
        RunRecord last = runs.get(runs.size() - 1);
        Map<String, String> settings = new LinkedHashMap<>(last.origin().modelSettings());
        settings.put("address", last.address());
        settings.put("form", last.origin().form());
        settings.put("formHash", last.origin().formHash());
        runs.forEach(run -> run.adaptations().forEach((name, value) -> settings.put("adapted " + name, value)));
        return settings;
    }
}
