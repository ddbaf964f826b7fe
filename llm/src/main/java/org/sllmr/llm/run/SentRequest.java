// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.time.Instant;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.Answer;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.Requests;
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
    private static final float[] NO_SCORES = {};

    /** The result of a reply. */
    Attempt.Result read(Reply reply, Requests requests) {
        Answer answer = requests.read(request, reply);
        if (answer instanceof Answer.Unusable wrong) {
            return new Attempt.Unusable(reply, wrong.fault(), wrong.detail());
        }
        return new Attempt.Answered(reply, answer instanceof Answer.Scores scores ? scores.scores() : NO_SCORES);
    }

    Attempt attempt(double cost, Attempt.Result result) {
        return new Attempt(request, number, started, Duration.ofNanos(nanos), cost, result);
    }
}
