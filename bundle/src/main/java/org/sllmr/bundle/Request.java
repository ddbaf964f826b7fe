// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A question for recommendations or scores. Begin with {@link #ofUser} or {@link #ofHistory}, and change what differs.
 *
 * @param user the user's id; empty for someone who has none
 * @param history ids of the items that the user took, the oldest first; empty for the history that the bundle holds
 * @param userFacts what is known of the user, in place of what training knew
 * @param context what is known of the moment
 * @param newItems items that the bundle does not know
 * @param k most recommendations, 1 to 1,000
 * @param excludeSeen whether items of the history are left out
 * @param allow by field the values of which an item must have one
 * @param deny by field the values of which an item must have none
 * @param shares by field the largest share of the items in the answer that one value may have, above 0, up to 1; one item
 *     is always allowed, and the answer may be shorter than {@code k}
 * @param candidates ids of the items to choose from; empty for the whole catalogue and the new items
 * @param explain whether to say which items of the history weigh most
 */
public record Request(
        Optional<String> user,
        Optional<List<String>> history,
        Facts userFacts,
        Facts context,
        List<NewItem> newItems,
        int k,
        boolean excludeSeen,
        Map<String, Set<String>> allow,
        Map<String, Set<String>> deny,
        Map<String, Double> shares,
        Optional<List<String>> candidates,
        boolean explain) {
    /** The number of recommendations unless another one is asked for. */
    public static final int DEFAULT_K = 10;

    /** Copies lists and maps. */
    public Request {
        history = history.map(List::copyOf);
        newItems = List.copyOf(newItems);
        allow = Map.copyOf(allow);
        deny = Map.copyOf(deny);
        shares = Map.copyOf(shares);
        candidates = candidates.map(List::copyOf);
    }

    private static Request of(Optional<String> user, Optional<List<String>> history) {
        return new Request(
                user,
                history,
                Facts.NONE,
                Facts.NONE,
                List.of(),
                DEFAULT_K,
                true,
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                false);
    }

    /** For a user whose history the bundle holds. */
    public static Request ofUser(String id) {
        return of(Optional.of(id), Optional.empty());
    }

    /** For someone who took these items, the oldest first. */
    public static Request ofHistory(List<String> items) {
        return of(Optional.empty(), Optional.of(items));
    }

    /** The same for this user. */
    public Request withUser(String id) {
        return new Request(
                Optional.of(id),
                history,
                userFacts,
                context,
                newItems,
                k,
                excludeSeen,
                allow,
                deny,
                shares,
                candidates,
                explain);
    }

    /** The same with this history, the oldest first. */
    public Request withHistory(List<String> items) {
        return new Request(
                user,
                Optional.of(items),
                userFacts,
                context,
                newItems,
                k,
                excludeSeen,
                allow,
                deny,
                shares,
                candidates,
                explain);
    }

    /** The same with what is known of user and moment. */
    public Request withFacts(Facts ofUser, Facts ofMoment) {
        return new Request(
                user, history, ofUser, ofMoment, newItems, k, excludeSeen, allow, deny, shares, candidates, explain);
    }

    /** The same with items that the bundle does not know. */
    public Request withNewItems(List<NewItem> items) {
        return new Request(
                user, history, userFacts, context, items, k, excludeSeen, allow, deny, shares, candidates, explain);
    }

    /** The same for so many recommendations. */
    public Request withK(int most) {
        return new Request(
                user,
                history,
                userFacts,
                context,
                newItems,
                most,
                excludeSeen,
                allow,
                deny,
                shares,
                candidates,
                explain);
    }

    /** The same, with or without items of the history. */
    public Request withSeen(boolean included) {
        return new Request(
                user, history, userFacts, context, newItems, k, !included, allow, deny, shares, candidates, explain);
    }

    /** The same with rules. */
    public Request withRules(
            Map<String, Set<String>> allowed, Map<String, Set<String>> denied, Map<String, Double> largestShares) {
        return new Request(
                user,
                history,
                userFacts,
                context,
                newItems,
                k,
                excludeSeen,
                allowed,
                denied,
                largestShares,
                candidates,
                explain);
    }

    /** The same with these candidates only. */
    public Request withCandidates(List<String> ids) {
        return new Request(
                user,
                history,
                userFacts,
                context,
                newItems,
                k,
                excludeSeen,
                allow,
                deny,
                shares,
                Optional.of(ids),
                explain);
    }

    /** The same, explained. */
    public Request explained() {
        return new Request(
                user, history, userFacts, context, newItems, k, excludeSeen, allow, deny, shares, candidates, true);
    }
}
