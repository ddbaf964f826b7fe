// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import org.sllmr.configuration.Checks;

/**
 * A provider's prices of tokens. Prices change, so none are built in.
 *
 * @param inputPerMillion price of a million prompt tokens, 0 or more, in the currency of the budget
 * @param outputPerMillion price of a million reply tokens, 0 or more, in the same currency
 */
public record TokenPrice(double inputPerMillion, double outputPerMillion) {
    private static final double MILLION = 1e6;

    /** Checks the ranges. */
    public TokenPrice {
        new Checks()
                .atLeast("inputPerMillion", inputPerMillion, 0)
                .atLeast("outputPerMillion", outputPerMillion, 0)
                .done();
    }

    /** No charge, as for your own server. */
    public static TokenPrice defaults() {
        return new TokenPrice(0, 0);
    }

    /** The price of a number of tokens. */
    public double of(long promptTokens, long replyTokens) {
        return (promptTokens * inputPerMillion + replyTokens * outputPerMillion) / MILLION;
    }

    /** This price with a discount, such as that of batches. */
    public TokenPrice times(double share) {
        return new TokenPrice(inputPerMillion * share, outputPerMillion * share);
    }
}
