// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/**
 * Asks for a ranking of the candidates and turns ranks into soft scores.
 *
 * <p>With rank r = 0 for the likeliest and temperature T, the score is exp(-r / T): the softmax of the negative ranks at
 * temperature T, divided by its largest value, so that the first always has score 1. The paper names a
 * temperature-scaled soft ranking without a formula (Section 3.1); this is the simplest one. Averaged over passes in
 * different orders, the scores also show how certain the model is of the ranking.
 */
final class RankedList extends RankingForm {
    private final double temperature;

    RankedList(Wording wording, double temperature) {
        super("ranked-list/1", wording);
        this.temperature = temperature;
    }

    @Override
    float score(int rank, int candidates) {
        return (float) StrictMath.exp(-rank / temperature);
    }
}
