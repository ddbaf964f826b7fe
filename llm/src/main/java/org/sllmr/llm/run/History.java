// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import org.sllmr.data.InteractionLog;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.Request;

/** The last interactions that the teacher may see of a user, as a form shows them. */
final class History {
    private History() {}

    /**
     * The question of a request.
     *
     * @param log what the teacher may see: {@link org.sllmr.teacher.plan.CandidatePlan#histories}
     */
    static Prompt prompt(QuestionForm form, InteractionLog log, Request request) {
        int user = request.user();
        int end = log.length(user);
        int from = Math.max(0, end - form.historyLength());
        int[] items = new int[end - from];
        long[] times = new long[end - from];
        log.copyItems(user, from, end, items, 0);
        for (int index = 0; index < times.length; index++) {
            times[index] = log.time(user, from + index);
        }
        return form.prompt(items, times, request.candidates());
    }
}
