// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.ProviderException.Kind;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.batch.BatchCollector;
import org.sllmr.llm.batch.BatchOutcome;
import org.sllmr.llm.batch.BatchRequest;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.Attempt;

/** Selects the requests of each round of batches within the budget, and stores the outcomes. */
final class BatchRounds implements BatchCollector {
    private final Requests requests;
    private final AskingSettings settings;
    private final AnswerStore store;
    private final InstantSource clock;
    private final Instant start;
    private final Reservations money;
    private final Map<RequestKey, Integer> indices = new HashMap<>();
    private final Map<Integer, Task> open = new HashMap<>();
    private final BitSet closed;
    private final BitSet waiting;
    /** Keys of what had an answer before. */
    private final Set<RequestKey> answered;

    private final Refusals refusals = new Refusals();
    private final ReplyMonitor monitor;
    private final Tally tally;
    private boolean failedInRound;
    private Instant asked;
    private AskingEnd end = AskingEnd.DONE;
    private String message = "";

    /**
     * State before the first round.
     *
     * @param answered requests that have an answer; changed by this
     */
    BatchRounds(
            Requests requests,
            LanguageModel model,
            TokenPrice price,
            AskingSettings settings,
            AnswerStore store,
            InstantSource clock,
            AnsweredRequests answered) {
        this.requests = requests;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        this.start = clock.instant();
        this.asked = start;
        this.closed = answered.indices();
        this.waiting = answered.waiting(requests);
        this.answered = answered.keys();
        this.monitor = new ReplyMonitor(settings.answers(), requests.wanted());
        this.money = new Reservations(
                new Budget(settings.budget().orElse(Double.POSITIVE_INFINITY), store.spentBefore()),
                model,
                price,
                model.tokens(requests.origin().form()).exact());
        this.tally = new Tally(requests.size(), closed.cardinality());
        for (int index = closed.nextClearBit(0); index < requests.size(); index = closed.nextClearBit(index + 1)) {
            if (!waiting.get(index)) {
                indices.put(requests.request(index).key(), index);
            }
        }
    }

    /** The requests of the next round, with their maximum cost reserved; empty if the run is over. */
    List<BatchRequest> next() {
        asked = clock.instant();
        failedInRound = false;
        if (end != AskingEnd.DONE) {
            return List.of();
        }
        money.begin();
        int[] round = new int[requests.size() - closed.cardinality()];
        int size = 0;
        for (int index = closed.nextClearBit(0); index < requests.size(); index = closed.nextClearBit(index + 1)) {
            if (waiting.get(index)) {
                continue;
            }
            if (!money.reserve(index, requests.prompt(requests.request(index)))) {
                break;
            }
            round[size++] = index;
        }
        if (size == 0 && round.length > 0) {
            stop(AskingEnd.BUDGET, Budget.TOO_LITTLE);
        }
        return new Round(round, size);
    }

    /** The requests of a round; prompts are created on access, so that not all are in memory at once. */
    private final class Round extends AbstractList<BatchRequest> {
        private final int[] round;
        private final int size;

        Round(int[] round, int size) {
            this.round = round;
            this.size = size;
        }

        @Override
        public BatchRequest get(int index) {
            Request request = requests.request(round[index]);
            return new BatchRequest(request.key().toString(), requests.prompt(request));
        }

        @Override
        public int size() {
            return size;
        }
    }

    @Override
    public void collect(List<BatchOutcome> batch) throws IOException {
        for (BatchOutcome outcome : batch) {
            RequestKey key = RequestKey.of(outcome.key());
            Integer index = indices.get(key);
            if (index == null && !answered.contains(key)) {
                throw new InvalidInputException(
                        "passes",
                        "are " + requests.passes() + ", fewer than in a batch under way; run with as many as before");
            }
            // An outcome that was stored just before the process ended is delivered again.
            if (index != null && !closed.get(index)) {
                take(index, outcome);
            }
        }
        store.force();
    }

    private void take(int index, BatchOutcome outcome) throws IOException {
        Request request = requests.request(index);
        Task task = open.getOrDefault(index, new Task(index, 0, 0, 0));
        SentRequest sent = new SentRequest(
                request,
                task.attempt(),
                asked,
                Duration.between(asked, clock.instant()).toNanos());
        money.reserveSent(index, requests.prompt(request));
        if (outcome instanceof BatchOutcome.Replied replied) {
            Attempt.Result result = sent.read(replied.reply(), requests);
            store.add(sent.attempt(money.replied(index, replied.reply()), result));
            monitor.add(result).ifPresent(useless -> stop(AskingEnd.USELESS, useless));
            if (result instanceof Attempt.Answered usable) {
                refusals.answered();
                tally.answered();
                closed.set(index);
                requests.answered(index, usable.scores());
                release(requests.after(index));
            } else {
                again(task.answeredWrongly(0), result.name());
            }
        } else if (outcome instanceof BatchOutcome.Failed failed) {
            failed(task, sent, failed);
        }
    }

    private void failed(Task task, SentRequest sent, BatchOutcome.Failed failed) throws IOException {
        // An unreadable line was processed and may be billed; unprocessed questions are not billed.
        double cost = money.failed(task.index(), failed.kind() == Kind.MALFORMED, failed.usage());
        tally.failed(failed.message());
        Attempt.Result result = new Attempt.Failed(failed.kind(), failed.message());
        store.add(sent.attempt(cost, result));
        if (failed.kind().passing()) {
            failedInRound = true;
            again(task.failed(0), result.name());
        } else {
            if (refusals.ofAll(failed.kind(), tally.answeredSoFar() > 0)) {
                stop(AskingEnd.REFUSED, failed.message());
            }
            leave(task.index(), result.name());
        }
    }

    private void again(Task task, String fault) {
        if (task.failures() >= settings.retries().failures()
                || task.wrongAnswers() >= settings.retries().wrongAnswers()) {
            leave(task.index(), fault);
        } else {
            tally.fault(fault);
            open.put(task.index(), task);
        }
    }

    /** A request no longer waits for another one. */
    private void release(int index) {
        if (index != Requests.NONE) {
            waiting.clear(index);
            indices.put(requests.request(index).key(), index);
        }
    }

    private void leave(int index, String fault) {
        tally.fault(fault);
        for (int left = index; left != Requests.NONE; left = requests.after(left)) {
            tally.left(1);
            closed.set(left);
        }
    }

    private void stop(AskingEnd reason, String why) {
        if (end == AskingEnd.DONE) {
            end = reason;
            message = why;
        }
    }

    /** Whether the provider failed a request since {@link #next}, so that the next round should wait. */
    boolean failedInRound() {
        return failedInRound;
    }

    AskingProgress progress(int underWay) {
        return tally.progress(underWay, money.spent(), Duration.between(start, clock.instant()), false);
    }

    AskingResult result() {
        return ended(end, message);
    }

    /** The result of a run that ended for a given reason. */
    AskingResult ended(AskingEnd reason, String why) {
        return new AskingResult(reason, why, progress(0), monitor.sample());
    }
}
