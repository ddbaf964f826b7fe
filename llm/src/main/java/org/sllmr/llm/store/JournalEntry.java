// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.Reply;
import org.sllmr.llm.request.Request;

/**
 * An attempt in a journal, one JSON object per line.
 *
 * @param run number of the run
 * @param key key of the request, hexadecimal
 * @param user user index
 * @param pass number of the pass
 * @param chunk number of the part of the user's candidates
 * @param candidates item indices in the order shown
 * @param number number of the attempt in the run
 * @param started microseconds since 1970
 * @param latency latency in microseconds
 * @param cost cost
 * @param outcome name of the result
 * @param detail what was wrong, "" if nothing
 * @param reply the reply, if there was one
 * @param scores scores in the order shown, if the reply was usable
 */
public record JournalEntry(
        int run,
        String key,
        int user,
        int pass,
        int chunk,
        int[] candidates,
        int number,
        long started,
        long latency,
        double cost,
        String outcome,
        String detail,
        @Nullable Received reply,
        float @Nullable [] scores) {
    /** A reply. */
    public record Received(String text, String finish, int promptTokens, int replyTokens, List<FirstToken> firstToken) {
        static Received of(Reply reply) {
            return new Received(
                    reply.text(),
                    Names.of(reply.finish()),
                    reply.promptTokens(),
                    reply.replyTokens(),
                    reply.firstToken().stream()
                            .map(token -> new FirstToken(token.token(), token.logProbability()))
                            .toList());
        }
    }

    /** A possible first token of the reply. */
    public record FirstToken(String token, double logProbability) {}

    /**
     * The entry of an attempt.
     *
     * @param run number of the run
     */
    public static JournalEntry of(int run, Attempt attempt) {
        Request request = attempt.request();
        Attempt.Result result = attempt.result();
        Optional<Reply> reply = Optional.empty();
        String detail = "";
        float[] scores = null;
        if (result instanceof Attempt.Answered answered) {
            reply = Optional.of(answered.reply());
            scores = answered.scores();
        } else if (result instanceof Attempt.Unusable wrong) {
            reply = Optional.of(wrong.reply());
            detail = wrong.detail();
        } else if (result instanceof Attempt.Failed failed) {
            detail = failed.message();
        }
        return new JournalEntry(
                run,
                request.key().toString(),
                request.user(),
                request.pass(),
                request.chunk(),
                request.candidates(),
                attempt.number(),
                ChronoUnit.MICROS.between(Instant.EPOCH, attempt.started()),
                attempt.latency().toNanos() / 1000,
                attempt.cost(),
                result.name(),
                detail,
                reply.map(Received::of).orElse(null),
                scores);
    }
}
