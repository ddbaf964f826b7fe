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
 * Reserves the maximum cost of each request before a round is sent.
 *
 * <p>Not thread-safe.
 */
final class Reservations {
    /**
     * An estimated token count may be wrong by a factor, so the first round uses only this share of the budget to find
     * it out.
     */
    private static final double FIRST_SHARE = 0.1;

    private final Budget budget;
    private final Estimates estimates;
    private final Map<Integer, Estimate> reserved = new HashMap<>();
    private boolean tokensKnown;
    private double most;
    private double round;

    /**
     * State without reservations.
     *
     * @param budget the budget
     * @param tokensKnown whether the model's own tokenizer counts the tokens
     */
    Reservations(Budget budget, LanguageModel model, TokenPrice price, boolean tokensKnown) {
        this.budget = budget;
        this.estimates = new Estimates(model, price);
        this.tokensKnown = tokensKnown;
    }

    /** Begins a round. */
    void begin() {
        round = 0;
        most = tokensKnown ? Double.POSITIVE_INFINITY : budget.left() * FIRST_SHARE;
    }

    /** Reserves the maximum cost of a request of the round; false if there is not enough left. */
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

    /** Reserves the maximum cost of a request that an earlier run sent, if that is not reserved yet. */
    void reserveSent(int index, Prompt prompt) {
        if (!reserved.containsKey(index)) {
            hold(index, estimates.of(prompt));
        }
    }

    private void hold(int index, Estimate estimate) {
        budget.reserve(estimate.cost());
        reserved.put(index, estimate);
    }

    /** A request was answered; returns its cost. */
    double replied(int index, Reply reply) {
        Estimate estimate = taken(index);
        double cost = estimates.settled(estimate, reply).cost();
        tokensKnown = true;
        budget.settle(estimate.cost(), cost);
        return cost;
    }

    /**
     * A request was not answered; returns its cost.
     *
     * @param billed whether the provider may bill it; then it counts with its maximum cost
     * @param usage tokens that the provider reported, if any
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
