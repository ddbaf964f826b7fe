// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sllmr.llm.request.Wanted;
import org.sllmr.llm.store.Attempt;

/**
 * Monitors the share of usable replies, so that a run does not pay for a model that never gives what is asked for.
 *
 * <p>Thread-safe.
 */
final class ReplyMonitor {
    private static final int MAX_SAMPLE = 200;

    private final AskingSettings.Answers settings;
    private final Wanted wanted;
    /** The faults of the last replies, oldest first, "" for usable ones. */
    private final Deque<String> last = new ArrayDeque<>();

    private int useless;
    private String sample = "";

    /**
     * Without replies yet.
     *
     * @param wanted what a usable reply has, for messages
     */
    ReplyMonitor(AskingSettings.Answers settings, Wanted wanted) {
        this.settings = settings;
        this.wanted = wanted;
    }

    /** Adds the result of a reply; returns the reason to stop, if there is one. */
    synchronized Optional<String> add(Attempt.Result result) {
        String fault = "";
        if (result instanceof Attempt.Unusable wrong) {
            fault = wrong.name();
            sample = wrong.reply().text().isBlank()
                    ? "(empty)"
                    : "'" + wrong.reply().excerpt(MAX_SAMPLE) + "'";
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
        return useless + " of the last " + last.size() + " replies have no usable " + wanted.what() + " (" + kinds
                + "). A reply: " + sample + ". " + remedy(faults);
    }

    private String remedy(Map<String, Long> faults) {
        return faults.containsKey("truncated") || faults.containsKey("empty")
                ? "Replies are truncated or empty: a reasoning model needs " + wanted.reasoningKey() + ", such as 2000"
                : wanted.remedy() + "; language.run.answers sets when to stop";
    }

    /** The last unusable reply; "" if there was none. */
    synchronized String sample() {
        return sample;
    }
}
