// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.concurrent.atomic.DoubleAccumulator;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;

/**
 * Estimates that follow what the provider counts: one of tokens can be too low, for texts in other scripts by far, and the
 * budget has to hold all the same.
 *
 * <p>Safe for many threads.
 */
final class Estimates {
    private final LanguageModel model;
    private final TokenPrice price;
    private final DoubleAccumulator factor = new DoubleAccumulator(Math::max, 1);

    Estimates(LanguageModel model, TokenPrice price) {
        this.model = model;
        this.price = price;
    }

    /** What a prompt takes at most, as far as is known now. */
    Estimate of(Prompt prompt) {
        return Estimate.of(prompt, model, price, factor.get());
    }

    /** What it really took. */
    Estimate settled(Estimate estimate, Reply reply) {
        Estimate took = estimate.settled(reply, price);
        factor.accumulate((double) took.promptTokens() / estimate.counted());
        return took;
    }

    /** What a request that failed cost: what the provider says, or the most it can have cost where it may be billed. */
    double failed(Estimate estimate, ProviderException failure) {
        return failure.usage()
                .map(usage -> price.of(usage.promptTokens(), usage.replyTokens()))
                .orElse(failure.mayBeBilled() ? estimate.cost() : 0.0);
    }

    /** What a request of a batch cost for which the provider names the tokens. */
    double of(ProviderException.Usage usage) {
        return price.of(usage.promptTokens(), usage.replyTokens());
    }
}
