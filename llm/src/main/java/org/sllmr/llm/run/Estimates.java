// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.concurrent.atomic.DoubleAccumulator;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;

/**
 * Estimates that adapt to the provider's token counts. An estimated count can be too low, especially for other scripts,
 * and must not break the budget.
 *
 * <p>Thread-safe.
 */
final class Estimates {
    private final LanguageModel model;
    private final TokenPrice price;
    private final DoubleAccumulator factor = new DoubleAccumulator(Math::max, 1);

    Estimates(LanguageModel model, TokenPrice price) {
        this.model = model;
        this.price = price;
    }

    /** The maximum usage of a prompt, by current knowledge. */
    Estimate of(Prompt prompt) {
        return Estimate.of(prompt, model, price, factor.get());
    }

    /** The actual usage of a reply. */
    Estimate settled(Estimate estimate, Reply reply) {
        Estimate took = estimate.settled(reply, price);
        factor.accumulate((double) took.promptTokens() / estimate.counted());
        return took;
    }

    /** The cost of a failed request: as reported by the provider, or the maximum if it may be billed. */
    double failed(Estimate estimate, ProviderException failure) {
        return failure.usage()
                .map(usage -> price.of(usage.promptTokens(), usage.replyTokens()))
                .orElse(failure.mayBeBilled() ? estimate.cost() : 0.0);
    }

    /** The cost of a batch request with reported tokens. */
    double of(ProviderException.Usage usage) {
        return price.of(usage.promptTokens(), usage.replyTokens());
    }
}
