// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Verdict;

/** The result in one sentence: where the method is better, worse, or not significantly different. */
final class Headline {
    private Headline() {}

    static String of(FirstResult result) {
        Map<Verdict, List<String>> places = new LinkedHashMap<>();
        for (FirstResult.Row row : result.rows()) {
            if (row.metric() != SampleMetric.LOG_LOSS) {
                places.computeIfAbsent(row.verdict(), verdict -> new ArrayList<>())
                        .add(row.metric().slice().where());
            }
        }
        String method = result.method();
        List<String> better = places.getOrDefault(Verdict.BETTER, List.of());
        List<String> worse = places.getOrDefault(Verdict.WORSE, List.of());
        List<String> open = places.getOrDefault(Verdict.NOT_SIGNIFICANT, List.of());
        if (better.isEmpty() && worse.isEmpty()) {
            return open.isEmpty()
                    ? "Too few seeds to tell whether " + method + " changed AUC."
                    : method + " did not change AUC significantly, neither overall nor in any slice.";
        }
        List<String> parts = new ArrayList<>();
        if (!better.isEmpty()) {
            parts.add("raised AUC " + joined(better));
        }
        if (!worse.isEmpty()) {
            parts.add("lowered " + (better.isEmpty() ? "AUC " : "it ") + joined(worse));
        }
        if (!open.isEmpty()) {
            parts.add("did not change it significantly " + joined(open));
        }
        return method + " " + String.join(", and ", parts) + ".";
    }

    private static String joined(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
