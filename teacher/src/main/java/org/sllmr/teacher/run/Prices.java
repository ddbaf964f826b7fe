// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.run;

import org.sllmr.configuration.Checks;

/**
 * What a model costs, in any currency.
 *
 * @param promptPerMillion price of a million prompt tokens, 0 or more
 * @param replyPerMillion price of a million reply tokens, 0 or more
 */
public record Prices(double promptPerMillion, double replyPerMillion) {
    private static final double MILLION = 1e6;

    /** Checks the ranges. */
    public Prices {
        new Checks()
                .atLeast("promptPerMillion", promptPerMillion, 0)
                .atLeast("replyPerMillion", replyPerMillion, 0)
                .done();
    }

    /** Nothing costs anything, as on a machine of one's own. */
    public static Prices defaults() {
        return new Prices(0, 0);
    }

    /** Price of one request. */
    public double cost(long promptTokens, long replyTokens) {
        return (promptTokens * promptPerMillion + replyTokens * replyPerMillion) / MILLION;
    }
}
