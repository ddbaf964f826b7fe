// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sllmr.llm.store.Attempt;

/**
 * Watches whether a model's replies are of any use, so that a run does not pay for a model that never gives a score.
 *
 * <p>Safe for use by many threads.
 */
final class Usefulness {
    private static final int LONGEST_SAMPLE = 200;

    private final AskingSettings.Answers settings;
    /** The last replies, the oldest first: what was wrong with each, "" for those that hold their scores. */
    private final Deque<String> last = new ArrayDeque<>();

    private int useless;
    private String sample = "";

    Usefulness(AskingSettings.Answers settings) {
        this.settings = settings;
    }

    /** Takes what a reply was worth; the reason to stop, if it is one. */
    synchronized Optional<String> took(Attempt.Result result) {
        String fault = "";
        if (result instanceof Attempt.Wrong wrong) {
            fault = wrong.name();
            sample = wrong.reply().text().isBlank()
                    ? "(empty)"
                    : "'" + wrong.reply().excerpt(LONGEST_SAMPLE) + "'";
            useless++;
        }
        last.add(fault);
        if (last.size() > settings.judgedOver()) {
            useless -= last.remove().isEmpty() ? 0 : 1;
        }
        boolean judged = last.size() == settings.judgedOver();
        return judged && last.size() - useless < settings.minUsable() * last.size()
                ? Optional.of(reason())
                : Optional.empty();
    }

    private String reason() {
        Map<String, Long> faults = last.stream()
                .filter(fault -> !fault.isEmpty())
                .collect(Collectors.groupingBy(fault -> fault, TreeMap::new, Collectors.counting()));
        String kinds = faults.entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining(", "));
        return useless + " of the last " + last.size() + " replies hold no usable score (" + kinds + "). A reply: "
                + sample + ". " + remedy(faults);
    }

    private static String remedy(Map<String, Long> faults) {
        return faults.containsKey("truncated") || faults.containsKey("empty")
                ? "Replies are cut or empty: a model that reasons needs language.question.reasoningTokens, such as 2000"
                : "Another model, or another language.question.kind, may do better; language.run.answers says when to stop";
    }

    /** The last reply without a usable score; "" if there was none. */
    synchronized String sample() {
        return sample;
    }
}
