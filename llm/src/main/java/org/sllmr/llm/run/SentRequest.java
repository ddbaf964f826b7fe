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
 * A request that was sent.
 *
 * @param request the request
 * @param number number of the attempt in a run, from 1
 * @param started when it was sent
 * @param nanos nanoseconds until it was answered or aborted
 */
record SentRequest(Request request, int number, Instant started, long nanos) {
    /** The result of a reply. */
    Attempt.Result read(Reply reply, QuestionForm form) {
        Answer answer = form.read(reply, request.candidates().length);
        if (answer instanceof Answer.Scores scores) {
            return new Attempt.Answered(reply, scores.scores());
        }
        Answer.Unusable wrong = (Answer.Unusable) answer;
        return new Attempt.Unusable(reply, wrong.fault(), wrong.detail());
    }

    Attempt attempt(double cost, Attempt.Result result) {
        return new Attempt(request, number, started, Duration.ofNanos(nanos), cost, result);
    }
}
