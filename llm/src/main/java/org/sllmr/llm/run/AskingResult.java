// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * How a run ended.
 *
 * @param end why
 * @param message the reason in words; "" if done
 * @param progress how far it came
 * @param sample the beginning of the last unusable reply; "" if there was none
 */
public record AskingResult(AskingEnd end, String message, AskingProgress progress, String sample) {
    /**
     * Share of answered requests, now or before, among those that are answered or left unanswered; 1 if there are none.
     */
    public double answeredShare() {
        int answered = progress.answeredBefore() + progress.answered();
        int asked = answered + progress.leftUnanswered();
        return asked == 0 ? 1 : (double) answered / asked;
    }
}
