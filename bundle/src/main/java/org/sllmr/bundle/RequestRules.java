// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What holds for all requests of a job, as {@link Request} explains it.
 *
 * @param k most recommendations
 * @param seen whether items of the history may be recommended
 * @param allow by field the values of which an item must have one
 * @param deny by field the values of which an item must have none
 * @param shares by field the largest share that one value may have
 */
public record RequestRules(
        int k, boolean seen, Map<String, Set<String>> allow, Map<String, Set<String>> deny, Map<String, Double> shares)
        implements Serializable {
    /** Copies the maps. */
    public RequestRules {
        allow = copy(allow);
        deny = copy(deny);
        shares = Map.copyOf(shares);
    }

    private static Map<String, Set<String>> copy(Map<String, Set<String>> rules) {
        return rules.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, rule -> Set.copyOf(rule.getValue())));
    }

    /** Rules of a number of recommendations alone. */
    public static RequestRules of(int k, boolean seen) {
        return new RequestRules(k, seen, Map.of(), Map.of(), Map.of());
    }

    /** A request under these rules. */
    public Request of(Request request) {
        return request.withK(k).withSeen(seen).withRules(allow, deny, shares);
    }
}
