// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Ticks off the candidates that an answer names by their numbers, 1 to n. */
final class Numbering {
    private final boolean[] named;
    private int last;

    Numbering(int candidates) {
        this.named = new boolean[candidates];
    }

    /** Takes the next number; what is wrong with it, if anything is. */
    Optional<Answer.Wrong> next(JsonNode number) {
        if (!number.isIntegralNumber()) {
            return Optional.of(AnswerText.wrong(AnswerFault.WRONG_FORM, "an item is named " + number));
        }
        if (!number.canConvertToInt() || number.intValue() < 1 || number.intValue() > named.length) {
            return Optional.of(
                    AnswerText.wrong(AnswerFault.UNKNOWN_ITEM, "item " + number + ", asked were 1 to " + named.length));
        }
        last = number.intValue() - 1;
        if (named[last]) {
            return Optional.of(AnswerText.wrong(AnswerFault.DOUBLED_ITEM, "item " + number + " stands twice"));
        }
        named[last] = true;
        return Optional.empty();
    }

    /** Place of the number that was taken last, from 0. */
    int last() {
        return last;
    }

    /** What is wrong if not all were named. */
    Optional<Answer.Wrong> missing() {
        for (int place = 0; place < named.length; place++) {
            if (!named[place]) {
                return Optional.of(AnswerText.wrong(AnswerFault.MISSING_ITEM, "item " + (place + 1) + " is not there"));
            }
        }
        return Optional.empty();
    }
}
