// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.time.Instant;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.Answer;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.store.Attempt;

/**
 * A request that was sent, and when.
 *
 * @param request what was asked
 * @param number 1 for the first time in a run, rising
 * @param started when it was sent
 * @param nanos until it was answered or given up
 */
record Sent(Request request, int number, Instant started, long nanos) {
    /** What a reply to it is worth. */
    Attempt.Result read(Reply reply, QuestionForm form) {
        Answer answer = form.read(reply, request.candidates().length);
        if (answer instanceof Answer.Scores scores) {
            return new Attempt.Answered(reply, scores.scores());
        }
        Answer.Wrong wrong = (Answer.Wrong) answer;
        return new Attempt.Wrong(reply, wrong.fault(), wrong.detail());
    }

    Attempt attempt(double cost, Attempt.Result result) {
        return new Attempt(request, number, started, Duration.ofNanos(nanos), cost, result);
    }
}
