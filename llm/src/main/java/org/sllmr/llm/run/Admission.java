// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a request may be sent now: the provider's limits, the breaker and the budget.
 *
 * <p>Times are nanoseconds of one clock. Not safe for many threads.
 */
final class Admission {
    private final CircuitBreaker breaker;
    private final Budget budget;
    private final Optional<RateLimit> requestLimit;
    private final Optional<RateLimit> tokenLimit;

    /**
     * The limits of a run that starts now.
     *
     * @param spent money that earlier runs cost
     */
    Admission(AskingSettings settings, double spent, long now) {
        this.breaker = new CircuitBreaker(
                settings.breaker().failures(),
                Agenda.nanos(settings.breaker().pauseSeconds()),
                Agenda.nanos(60 * settings.breaker().giveUpMinutes()));
        this.budget = new Budget(settings.budget().orElse(Double.POSITIVE_INFINITY), spent);
        this.requestLimit = settings.requestsPerMinute().map(limit -> new RateLimit(limit, now));
        this.tokenLimit = settings.tokensPerMinute().map(limit -> new RateLimit(limit, now));
    }

    /** Why nothing may ever be sent any more. */
    record Closed(AskingEnd end, String message) {}

    /**
     * Whether a request can never be sent.
     *
     * @param lastFailure what was said when the provider last failed
     */
    Optional<Closed> closed(Estimate estimate, long now, String lastFailure) {
        if (breaker.givesUp(now)) {
            long down = Duration.ofNanos(now - breaker.downSince()).toSeconds();
            return Optional.of(new Closed(
                    AskingEnd.PROVIDER_DOWN,
                    "the provider has answered nothing for " + down + " s; last it was: " + lastFailure));
        }
        return breaker.allows(now) && budget.neverAllows(estimate.cost())
                ? Optional.of(new Closed(AskingEnd.BUDGET, Budget.TOO_LITTLE))
                : Optional.empty();
    }

    /** How long a request has to wait at most before asking again, 0 if it may be sent. */
    long wait(Estimate estimate, long now) {
        if (!breaker.allows(now)) {
            return Math.max(1, Math.min(breaker.reopens(now), breaker.givesUpAt()) - now);
        }
        // What is under way may turn out cheaper than it could have been; whoever reports that wakes the others.
        return budget.allows(estimate.cost()) ? Math.max(0, earliest(now) - now) : Long.MAX_VALUE;
    }

    private long earliest(long now) {
        return Math.max(
                requestLimit.map(RateLimit::earliest).orElse(now),
                tokenLimit.map(RateLimit::earliest).orElse(now));
    }

    /** Counts a request that is sent now; returns whether it is the one that finds out whether the provider is back. */
    boolean send(Estimate estimate, long now) {
        requestLimit.ifPresent(limit -> limit.take(now, 1));
        tokenLimit.ifPresent(limit -> limit.take(now, estimate.tokens()));
        budget.reserve(estimate.cost());
        return breaker.begin();
    }

    /** A request was answered, rightly or wrongly; {@code took} is what it really took. */
    void replied(Estimate estimate, Estimate took) {
        budget.settle(estimate.cost(), took.cost());
        tokenLimit.ifPresent(limit -> limit.giveBack(estimate.tokens() - took.tokens()));
        breaker.succeeded();
    }

    /**
     * The provider failed a request.
     *
     * @param probe whether it was the one that finds out
     * @param cost what that cost
     * @param passing whether it says something about the provider's health
     * @param retryAfter nanoseconds that the provider asks to wait, 0 where it does not
     */
    void failed(Estimate estimate, boolean probe, double cost, boolean passing, long retryAfter, long now) {
        budget.settle(estimate.cost(), cost);
        if (passing) {
            breaker.failed(now, probe, retryAfter);
        } else {
            breaker.succeeded();
        }
    }

    /** A request will not be heard of again; it counts as if it had cost the most. */
    void abandoned(Estimate estimate, boolean probe, long now) {
        budget.settle(estimate.cost(), estimate.cost());
        if (probe) {
            breaker.abandoned(now);
        }
    }

    double spent() {
        return budget.spent();
    }

    boolean providerDown() {
        return breaker.open();
    }
}
