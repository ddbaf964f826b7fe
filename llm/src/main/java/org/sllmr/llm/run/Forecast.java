// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.request.Requests;

/**
 * Number, tokens and cost of requests, before anything is sent.
 *
 * @param requests number of requests
 * @param promptTokens tokens of all prompts
 * @param replyTokens maximum tokens of all replies; most replies are shorter
 * @param promptCost price of the prompts
 * @param replyCost maximum price of the replies
 * @param exact whether the model's own tokenizer counted every prompt as it will be sent; otherwise tokens are estimated
 */
public record Forecast(
        int requests, long promptTokens, long replyTokens, double promptCost, double replyCost, boolean exact) {
    private static final int MAX_COUNTED = 2_000;

    /** Counts the tokens of all requests, or of 2,000 evenly spaced ones if there are more. */
    public static Forecast of(Requests requests, LanguageModel model, TokenPrice price) {
        int counted = Math.min(requests.size(), MAX_COUNTED);
        boolean exact = counted == requests.size()
                && !requests.follow()
                && (counted == 0 || model.tokens(requests.origin().model()).exact());
        long promptTokens = 0;
        long replyTokens = 0;
        for (int sample = 0; sample < counted; sample++) {
            Prompt prompt = requests.foreseen((int) ((long) sample * requests.size() / counted));
            Estimate estimate = Estimate.of(prompt, model, price, 1);
            promptTokens += estimate.promptTokens();
            replyTokens += estimate.replyTokens();
        }
        double scale = counted == 0 ? 0 : (double) requests.size() / counted;
        long prompts = Math.round(promptTokens * scale);
        long replies = Math.round(replyTokens * scale);
        return new Forecast(requests.size(), prompts, replies, price.of(prompts, 0), price.of(0, replies), exact);
    }
}
