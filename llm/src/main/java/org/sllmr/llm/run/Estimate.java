// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;

/**
 * The maximum usage of a request.
 *
 * @param counted tokens of the prompt by our count
 * @param promptTokens tokens of the prompt by the provider's count
 * @param replyTokens maximum tokens of the reply
 * @param cost maximum cost
 */
record Estimate(int counted, int promptTokens, int replyTokens, double cost) {
    /** Tokens that a provider adds for the role and bounds of messages; at most 4 per message according to OpenAI. */
    private static final int MESSAGES = 2 * 4 + 3;

    /**
     * The estimate of a prompt.
     *
     * @param factor ratio of the provider's token count to ours, 1 or more
     */
    static Estimate of(Prompt prompt, LanguageModel model, TokenPrice price, double factor) {
        int counted = MESSAGES
                + model.tokens(prompt.system()).tokens()
                + model.tokens(prompt.user()).tokens()
                + prompt.schema().map(schema -> model.tokens(schema).tokens()).orElse(0);
        int tokens = (int) Math.ceil(counted * factor);
        return new Estimate(counted, tokens, prompt.maxTokens(), price.of(tokens, prompt.maxTokens()));
    }

    int tokens() {
        return promptTokens + replyTokens;
    }

    /** The actual usage of a reply; values that the provider did not report are taken from the estimate. */
    Estimate settled(Reply reply, TokenPrice price) {
        int prompt = reply.promptTokens() < 0 ? promptTokens : reply.promptTokens();
        int answer = reply.replyTokens() < 0 ? replyTokens : reply.replyTokens();
        return new Estimate(counted, prompt, answer, price.of(prompt, answer));
    }
}
