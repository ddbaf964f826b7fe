// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;

/**
 * The money of requests that go in rounds: the most that each can cost is reserved before any of a round is sent.
 *
 * <p>Not safe for many threads.
 */
final class Reservations {
    /** A tokenizer that only estimates may be wrong by a factor, which a first round of this share finds out. */
    private static final double FIRST_SHARE = 0.1;

    private final Budget budget;
    private final Estimates estimates;
    private final Map<Integer, Estimate> reserved = new HashMap<>();
    private boolean tokensKnown;
    private double most;
    private double round;

    /**
     * Nothing reserved.
     *
     * @param budget what may be spent and what is
     * @param tokensKnown whether the model's own tokenizer counts
     */
    Reservations(Budget budget, LanguageModel model, TokenPrice price, boolean tokensKnown) {
        this.budget = budget;
        this.estimates = new Estimates(model, price);
        this.tokensKnown = tokensKnown;
    }

    /** A round begins. */
    void begin() {
        round = 0;
        most = tokensKnown ? Double.POSITIVE_INFINITY : budget.left() * FIRST_SHARE;
    }

    /** Reserves the most that a request of the round can cost; false if there is not enough left. */
    boolean reserve(int index, Prompt prompt) {
        Estimate estimate = estimates.of(prompt);
        boolean first = round == 0;
        round += estimate.cost();
        if (!budget.allows(estimate.cost()) || (!first && round > most)) {
            return false;
        }
        hold(index, estimate);
        return true;
    }

    /** Reserves what a request that a run before this one sent can cost, if that is not known yet. */
    void reserveSent(int index, Prompt prompt) {
        if (!reserved.containsKey(index)) {
            hold(index, estimates.of(prompt));
        }
    }

    private void hold(int index, Estimate estimate) {
        budget.reserve(estimate.cost());
        reserved.put(index, estimate);
    }

    /** A request was answered; returns what it cost. */
    double replied(int index, Reply reply) {
        Estimate estimate = taken(index);
        double cost = estimates.settled(estimate, reply).cost();
        tokensKnown = true;
        budget.settle(estimate.cost(), cost);
        return cost;
    }

    /**
     * A request was not answered; returns what it cost.
     *
     * @param billed whether the provider may have worked on it; then it counts with the most
     * @param usage what it took, where the provider says so
     */
    double failed(int index, boolean billed, Optional<ProviderException.Usage> usage) {
        Estimate estimate = taken(index);
        double cost = usage.map(estimates::of).orElse(billed ? estimate.cost() : 0.0);
        budget.settle(estimate.cost(), cost);
        return cost;
    }

    private Estimate taken(int index) {
        Estimate estimate = reserved.remove(index);
        if (estimate == null) {
            throw new IllegalStateException("nothing is reserved for request " + index);
        }
        return estimate;
    }

    double spent() {
        return budget.spent();
    }
}
