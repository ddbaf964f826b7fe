// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * How a run ended.
 *
 * @param end why
 * @param message the reason for people; "" when it is done
 * @param progress how far it came
 * @param sample the beginning of the last reply that held no usable scores; "" if there was none
 */
public record AskingResult(AskingEnd end, String message, AskingProgress progress, String sample) {
    /** The share of the requests that were asked about that are answered, now or before; 1 where nothing was. */
    public double answeredShare() {
        int answered = progress.answeredBefore() + progress.answered();
        int asked = answered + progress.leftUnanswered();
        return asked == 0 ? 1 : (double) answered / asked;
    }
}
