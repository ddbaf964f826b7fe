// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;

/**
 * What a request takes at most.
 *
 * @param counted tokens of the prompt as they are counted here
 * @param promptTokens tokens of the prompt as the provider counts them
 * @param replyTokens most tokens of the reply
 * @param cost most money
 */
record Estimate(int counted, int promptTokens, int replyTokens, double cost) {
    /** Tokens that a provider adds to each message for its role and bounds; the most that OpenAI documents is 4. */
    private static final int MESSAGES = 2 * 4 + 3;

    /**
     * The estimate of a prompt.
     *
     * @param factor how many tokens the provider counts for one that is counted here, 1 or more
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

    /** What a reply really took; what the provider does not say is taken from the estimate. */
    Estimate settled(Reply reply, TokenPrice price) {
        int prompt = reply.promptTokens() < 0 ? promptTokens : reply.promptTokens();
        int answer = reply.replyTokens() < 0 ? replyTokens : reply.replyTokens();
        return new Estimate(counted, prompt, answer, price.of(prompt, answer));
    }
}
