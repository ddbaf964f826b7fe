// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Seed;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.Attempt;
import org.sllmr.llm.store.AttemptStore;

/** The loop of each thread of a run: take a task, send its request, store the outcome, report it. */
final class AskingLoop implements Runnable {
    private static final long MAX_SECONDS_SHOWN = 120;

    private final Requests requests;
    private final LanguageModel model;
    private final Estimates estimates;
    private final AskingSettings settings;
    private final AttemptStore store;
    private final Agenda agenda;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Duration timeout;
    private final Backoff backoff;
    private final Refusals refusals = new Refusals();
    private final ReplyMonitor monitor;
    /** Whether the provider has ever answered. */
    private final AtomicBoolean reached = new AtomicBoolean();

    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

    AskingLoop(
            Requests requests,
            LanguageModel model,
            TokenPrice price,
            AskingSettings settings,
            AttemptStore store,
            Agenda agenda,
            LongSupplier nanoTime,
            InstantSource clock) {
        this.requests = requests;
        this.model = model;
        this.estimates = new Estimates(model, price);
        this.settings = settings;
        this.store = store;
        this.agenda = agenda;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.monitor = new ReplyMonitor(settings.answers(), requests.wanted());
        this.timeout = Duration.ofNanos(Agenda.nanos(settings.timeoutSeconds()));
        this.backoff = new Backoff(
                new Seed(requests.seed()).child("backoff"),
                1e9 * settings.retries().firstWaitSeconds(),
                1e9 * settings.retries().maxWaitSeconds());
    }

    @Override
    public void run() {
        try {
            Task task = agenda.take();
            while (task != null && ask(task)) {
                task = agenda.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            // The thread that started the run throws it; the other threads must stop spending money.
            if (broken.compareAndSet(null, e)) {
                agenda.stop(AskingEnd.DONE, "");
            }
        }
    }

    /** Throws the failure that ended a thread, if there was one. */
    void throwIfBroken() throws IOException {
        Throwable cause = broken.get();
        if (cause instanceof IOException io) {
            throw io;
        } else if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (cause instanceof Error error) {
            throw error;
        }
    }

    /** Sends one request; false if nothing may be sent any more. */
    private boolean ask(Task task) throws IOException, InterruptedException {
        Request request = requests.request(task.index());
        Prompt prompt = requests.prompt(request);
        Estimate estimate = estimates.of(prompt);
        Agenda.Permit permit = agenda.permit(estimate);
        if (permit == null) {
            return false;
        }
        Instant started = clock.instant();
        long start = nanoTime.getAsLong();
        boolean ended = false;
        try {
            Reply reply = model.reply(prompt, timeout);
            ended = true;
            replied(
                    task,
                    new SentRequest(request, task.attempt(), started, nanoTime.getAsLong() - start),
                    estimate,
                    reply);
        } catch (ProviderException e) {
            ended = true;
            failed(
                    task,
                    new SentRequest(request, task.attempt(), started, nanoTime.getAsLong() - start),
                    estimate,
                    permit,
                    e);
        } finally {
            if (!ended) {
                agenda.abandoned(estimate, permit);
            }
        }
        return true;
    }

    private void replied(Task task, SentRequest sent, Estimate estimate, Reply reply) throws IOException {
        Estimate took = estimates.settled(estimate, reply);
        Attempt.Result result = sent.read(reply, requests);
        store.add(sent.attempt(took.cost(), result));
        agenda.replied(estimate, took);
        reached.set(true);
        monitor.add(result).ifPresent(useless -> agenda.stop(AskingEnd.USELESS, useless));
        if (result instanceof Attempt.Answered answered) {
            refusals.answered();
            requests.answered(task.index(), answered.scores());
            agenda.answered(requests.after(task.index()));
        } else if (task.wrongAnswers() + 1 >= settings.retries().wrongAnswers()) {
            leave(task, result);
        } else {
            agenda.again(result.name(), task.answeredWrongly(nanoTime.getAsLong()));
        }
    }

    private void failed(Task task, SentRequest sent, Estimate estimate, Agenda.Permit permit, ProviderException e)
            throws IOException {
        double cost = estimates.failed(estimate, e);
        Attempt.Result result = new Attempt.Failed(e.kind(), String.valueOf(e.getMessage()));
        store.add(sent.attempt(cost, result));
        long retryAfter = e.retryAfter().map(Duration::toNanos).orElse(0L);
        agenda.failed(estimate, permit, cost, e, retryAfter);
        boolean unreachable = e.kind() == ProviderException.Kind.UNREACHABLE;
        if (unreachable && !reached.get()) {
            // If the address was never reached, it is wrong; otherwise the failure is temporary.
            agenda.stop(AskingEnd.PROVIDER_DOWN, String.valueOf(e.getMessage()));
        } else if (!unreachable) {
            reached.set(true);
        }
        if (e.kind() == ProviderException.Kind.MALFORMED && refusals.ofAll(e.kind(), agenda.answeredSoFar() > 0)) {
            agenda.stop(
                    AskingEnd.PROVIDER_DOWN,
                    e.getMessage() + "; no response was a chat completion: check the base URL, which usually ends in"
                            + " /v1");
        }
        if (!e.kind().passing()) {
            if (refusals.ofAll(e.kind(), agenda.answeredSoFar() > 0)) {
                agenda.stop(AskingEnd.REFUSED, String.valueOf(e.getMessage()));
            }
            leave(task, result);
        } else if (retryAfter > Agenda.nanos(60 * settings.breaker().giveUpMinutes())) {
            agenda.stop(
                    AskingEnd.PROVIDER_DOWN,
                    "the provider asks to wait " + words(retryAfter)
                            + ", more than language.run.breaker.giveUpMinutes allows: " + e.getMessage());
            leave(task, result);
        } else if (task.failures() + 1 >= settings.retries().failures()) {
            leave(task, result);
        } else {
            long wait = backoff.nanos(task.index(), task.failures() + 1, retryAfter);
            agenda.again(result.name(), task.failed(nanoTime.getAsLong() + wait));
        }
    }

    private void leave(Task task, Attempt.Result result) {
        agenda.leaveUnanswered(result.name(), AnsweredRequests.after(requests, task.index()));
    }

    /** A time in words, rounded up. */
    private static String words(long nanos) {
        double seconds = nanos / 1e9;
        return seconds <= MAX_SECONDS_SHOWN
                ? (long) StrictMath.ceil(seconds) + " s"
                : (long) StrictMath.ceil(seconds / 60) + " minutes";
    }

    /** The last unusable reply; "" if there was none. */
    String sample() {
        return monitor.sample();
    }
}
