// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Checks that an answer names every candidate exactly once, by its number from 1 to n. */
final class CandidateNumbers {
    private final boolean[] named;
    private int last;

    CandidateNumbers(int candidates) {
        this.named = new boolean[candidates];
    }

    /** Reads the next number; returns what is wrong with it, if anything is. */
    Optional<Answer.Unusable> next(JsonNode number) {
        if (!number.isIntegralNumber()) {
            return Optional.of(AnswerText.unusable(AnswerFault.WRONG_FORM, "an item has the number " + number));
        }
        if (!number.canConvertToInt() || number.intValue() < 1 || number.intValue() > named.length) {
            return Optional.of(AnswerText.unusable(
                    AnswerFault.UNKNOWN_ITEM, "item " + number + ", the candidates were 1 to " + named.length));
        }
        last = number.intValue() - 1;
        if (named[last]) {
            return Optional.of(AnswerText.unusable(AnswerFault.DOUBLED_ITEM, "item " + number + " occurs twice"));
        }
        named[last] = true;
        return Optional.empty();
    }

    /** Index of the last candidate, from 0. */
    int last() {
        return last;
    }

    /** What is wrong if not all candidates were named. */
    Optional<Answer.Unusable> missing() {
        for (int place = 0; place < named.length; place++) {
            if (!named[place]) {
                return Optional.of(
                        AnswerText.unusable(AnswerFault.MISSING_ITEM, "item " + (place + 1) + " is missing"));
            }
        }
        return Optional.empty();
    }
}
