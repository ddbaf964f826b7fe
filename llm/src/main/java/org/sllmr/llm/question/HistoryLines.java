// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sllmr.data.InteractionLog;

/**
 * Histories as prompts show them: a line for each item of which something is known.
 *
 * @param lines the items
 * @param recency how a line tells when the interaction happened
 */
record HistoryLines(ItemLines lines, Recency recency) {
    private static final String NOTHING = "(nothing is known)";

    /**
     * The lines of a history.
     *
     * @param history item indices, oldest first
     * @param times times of the interactions; shorter than the history if unknown
     */
    String of(int[] history, long[] times) {
        List<String> shown = new ArrayList<>();
        for (int index = 0; index < history.length; index++) {
            if (lines.isKnown(history[index])) {
                shown.add("{" + when(history.length, times, index)
                        + lines.fields().get(history[index]) + "}");
            }
        }
        return shown.isEmpty() ? NOTHING : String.join("\n", shown);
    }

    private String when(int size, long[] times, int index) {
        return switch (recency) {
            case NONE -> "";
            case ORDER -> "\"interactions ago\": " + (size - index) + ", ";
            case DAYS -> days(size, times, index);
        };
    }

    private static String days(int size, long[] times, int index) {
        if (times.length != size
                || times[index] == InteractionLog.NO_TIME
                || times[size - 1] == InteractionLog.NO_TIME) {
            return "";
        }
        return "\"days before the last\": " + Math.max(0, TimeUnit.SECONDS.toDays(times[size - 1] - times[index]))
                + ", ";
    }
}
