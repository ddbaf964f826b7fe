// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether a request may be sent now, by the provider's limits, the breaker and the budget.
 *
 * <p>Times are nanoseconds of one clock. Not thread-safe.
 */
final class Admission {
    private final CircuitBreaker breaker;
    private final Budget budget;
    private final Optional<RateLimit> requestLimit;
    private final Optional<RateLimit> tokenLimit;

    /**
     * The limits of a run that starts now.
     *
     * @param spent cost of earlier runs
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

    /** Why no request may be sent any more. */
    record Closed(AskingEnd end, String message) {}

    /**
     * The reason if a request can never be sent.
     *
     * @param lastFailure message of the provider's last failure
     */
    Optional<Closed> closed(Estimate estimate, long now, String lastFailure) {
        if (breaker.givesUp(now)) {
            long down = Duration.ofNanos(now - breaker.downSince()).toSeconds();
            return Optional.of(new Closed(
                    AskingEnd.PROVIDER_DOWN,
                    "the provider has not answered for " + down + " s; its last failure: " + lastFailure));
        }
        return breaker.allows(now) && budget.neverAllows(estimate.cost())
                ? Optional.of(new Closed(AskingEnd.BUDGET, Budget.TOO_LITTLE))
                : Optional.empty();
    }

    /** How long a request must wait before it asks again, 0 if it may be sent. */
    long wait(Estimate estimate, long now) {
        if (!breaker.allows(now)) {
            return Math.max(1, Math.min(breaker.reopens(now), breaker.givesUpAt()) - now);
        }
        // Requests under way may cost less than reserved; reporting that wakes the waiting threads.
        return budget.allows(estimate.cost()) ? Math.max(0, earliest(now) - now) : Long.MAX_VALUE;
    }

    private long earliest(long now) {
        return Math.max(
                requestLimit.map(RateLimit::earliest).orElse(now),
                tokenLimit.map(RateLimit::earliest).orElse(now));
    }

    /** Counts a request that is sent now; returns whether it probes if the provider is back. */
    boolean send(Estimate estimate, long now) {
        requestLimit.ifPresent(limit -> limit.take(now, 1));
        tokenLimit.ifPresent(limit -> limit.take(now, estimate.tokens()));
        budget.reserve(estimate.cost());
        return breaker.begin();
    }

    /** A request was answered, usably or not; {@code took} is its actual usage. */
    void replied(Estimate estimate, Estimate took) {
        budget.settle(estimate.cost(), took.cost());
        tokenLimit.ifPresent(limit -> limit.giveBack(estimate.tokens() - took.tokens()));
        breaker.succeeded();
    }

    /**
     * The provider failed a request.
     *
     * @param probe whether it was a probe
     * @param cost its cost
     * @param passing whether the failure is temporary and so counts for the breaker
     * @param retryAfter nanoseconds to wait that the provider requested, 0 if none
     */
    void failed(Estimate estimate, boolean probe, double cost, boolean passing, long retryAfter, long now) {
        budget.settle(estimate.cost(), cost);
        if (passing) {
            breaker.failed(now, probe, retryAfter);
        } else {
            breaker.succeeded();
        }
    }

    /** The outcome of a request will never be known; it counts with its maximum cost. */
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
