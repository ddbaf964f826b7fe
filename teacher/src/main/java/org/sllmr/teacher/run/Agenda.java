// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.run;

import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is sent next and when, for all threads of a run: one lock over the queue, the limits, the breaker and the
 * budget, held for microseconds only.
 *
 * <p>A thread takes a task, words it without the lock, waits for leave to send it, and reports how it went. A task that is to
 * be sent again later waits here and not in a thread, so that others are sent meanwhile.
 */
final class Agenda {
    /** How many tasks may wait for their next attempt for each thread before new ones have to wait too. */
    private static final int DELAYED_A_THREAD = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** One thread at a time waits for leave, the first to come; all the others would wake with it for nothing. */
    private final ReentrantLock gate = new ReentrantLock(true);

    private final LongSupplier clock;
    private final long start;
    private final int total;
    private final BitSet answeredBefore;
    private final int mostDelayed;
    private final PriorityQueue<Task> delayed =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingInt(Task::index));
    private final CircuitBreaker breaker;
    private final Budget budget;
    private final Optional<RateLimit> requestLimit;
    private final Optional<RateLimit> tokenLimit;
    private final Map<String, Long> faults = new TreeMap<>();
    private int fresh;
    private int held;
    private int underWay;
    private int answered;
    private int left;
    private @Nullable RunEnd end;
    private String message = "";

    /**
     * An agenda.
     *
     * @param total number of requests
     * @param answeredBefore those that need not be sent; not changed any more
     * @param spent money that earlier runs cost
     * @param clock nanoseconds
     */
    Agenda(int total, BitSet answeredBefore, double spent, RunSettings settings, LongSupplier clock) {
        this.total = total;
        this.answeredBefore = answeredBefore;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.mostDelayed = DELAYED_A_THREAD * settings.concurrency();
        this.breaker = new CircuitBreaker(
                settings.breaker().failures(),
                nanos(settings.breaker().pauseSeconds()),
                nanos(60 * settings.breaker().giveUpMinutes()));
        this.budget = new Budget(settings.budget().orElse(Double.POSITIVE_INFINITY), spent);
        this.requestLimit = settings.requestsPerMinute().map(limit -> new RateLimit(limit, start));
        this.tokenLimit = settings.tokensPerMinute().map(limit -> new RateLimit(limit, start));
    }

    static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    /** The next task, after waiting for one if need be; null when there is none any more. */
    @Nullable
    Task take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (end == null) {
                long now = clock.getAsLong();
                Task waiting = delayed.peek();
                if (waiting != null && waiting.due() <= now) {
                    delayed.remove();
                    held++;
                    return waiting;
                }
                if (delayed.size() < mostDelayed) {
                    fresh = answeredBefore.nextClearBit(fresh);
                    if (fresh < total) {
                        held++;
                        return new Task(fresh++, 0, 0, now);
                    }
                }
                if (waiting != null) {
                    changed.awaitNanos(waiting.due() - now);
                } else if (held > 0) {
                    changed.await();
                } else {
                    stop(RunEnd.DONE, "");
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** How a request may be sent. */
    enum Leave {
        /** As any other. */
        USUAL,
        /** To find out whether the provider is back. */
        PROBE
    }

    /** Waits until a task that was taken may be sent; null when it may not any more. */
    @Nullable
    Leave leave(Estimate estimate) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // Mostly nothing is in the way; a queue would make every thread wait for the one before it to wake.
            if (end == null && wait(estimate, clock.getAsLong()) == 0) {
                return send(estimate, clock.getAsLong());
            }
        } finally {
            lock.unlock();
        }
        gate.lockInterruptibly();
        try {
            return leaveAtTheGate(estimate);
        } finally {
            gate.unlock();
        }
    }

    private @Nullable Leave leaveAtTheGate(Estimate estimate) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (end == null) {
                long now = clock.getAsLong();
                long wait = wait(estimate, now);
                if (wait == 0) {
                    return send(estimate, now);
                } else if (end == null) {
                    changed.awaitNanos(wait);
                }
            }
            held--;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** How long a request has to wait at most before asking again, 0 if it may be sent; ends the run if it never may. */
    private long wait(Estimate estimate, long now) {
        if (breaker.givesUp(now)) {
            long down = Duration.ofNanos(now - breaker.downSince()).toSeconds();
            stop(RunEnd.PROVIDER_DOWN, "the provider has answered nothing for " + down + " s");
        } else if (!breaker.allows(now)) {
            return Math.max(1, Math.min(breaker.reopens(now), breaker.givesUpAt()) - now);
        } else if (budget.neverAllows(estimate.cost())) {
            stop(RunEnd.BUDGET, "the next request could cost more than what is left of the budget");
        } else if (!budget.allows(estimate.cost())) {
            return Long.MAX_VALUE;
        } else {
            return Math.max(0, earliest(now) - now);
        }
        return Long.MAX_VALUE;
    }

    private Leave send(Estimate estimate, long now) {
        requestLimit.ifPresent(limit -> limit.take(now, 1));
        tokenLimit.ifPresent(limit -> limit.take(now, estimate.tokens()));
        budget.reserve(estimate.cost());
        underWay++;
        return breaker.begin() ? Leave.PROBE : Leave.USUAL;
    }

    private long earliest(long now) {
        return Math.max(
                requestLimit.map(RateLimit::earliest).orElse(now),
                tokenLimit.map(RateLimit::earliest).orElse(now));
    }

    /** A request was sent and answered, rightly or wrongly; {@code took} is what it really took. */
    void replied(Estimate estimate, Estimate took) {
        lock.lock();
        try {
            settle(estimate, took.cost());
            tokenLimit.ifPresent(limit -> limit.giveBack(estimate.tokens() - took.tokens()));
            breaker.succeeded();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A request was sent and the provider failed it.
     *
     * @param cost what that cost
     * @param passing whether it says something about the provider's health
     * @param retryAfter nanoseconds that the provider asks to wait, 0 where it does not
     */
    void failed(Estimate estimate, Leave leave, double cost, boolean passing, long retryAfter) {
        lock.lock();
        try {
            settle(estimate, cost);
            if (passing) {
                breaker.failed(clock.getAsLong(), leave == Leave.PROBE, retryAfter);
            } else {
                breaker.succeeded();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A request that was sent will not be heard of again. */
    void abandoned(Estimate estimate, Leave leave) {
        lock.lock();
        try {
            settle(estimate, estimate.cost());
            if (leave == Leave.PROBE) {
                breaker.abandoned(clock.getAsLong());
            }
            held--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void settle(Estimate estimate, double cost) {
        underWay--;
        budget.settle(estimate.cost(), cost);
    }

    /** A task has its answer. */
    void answered() {
        finish(() -> answered++);
    }

    /** A task is to be sent again. */
    void again(String fault, Task task) {
        finish(() -> {
            faults.merge(fault, 1L, Long::sum);
            delayed.add(task);
        });
    }

    /** A task was asked as often as it may. */
    void leaveUnanswered(String fault) {
        finish(() -> {
            faults.merge(fault, 1L, Long::sum);
            left++;
        });
    }

    private void finish(Runnable change) {
        lock.lock();
        try {
            change.run();
            held--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is sent; the first reason counts. */
    void stop(RunEnd reason, String why) {
        lock.lock();
        try {
            if (end == null) {
                end = reason;
                message = why;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many requests have an answer from this run. */
    int answeredSoFar() {
        lock.lock();
        try {
            return answered;
        } finally {
            lock.unlock();
        }
    }

    RunProgress progress() {
        lock.lock();
        try {
            return new RunProgress(
                    total,
                    answeredBefore.cardinality(),
                    answered,
                    left,
                    underWay,
                    budget.spent(),
                    faults,
                    Duration.ofNanos(clock.getAsLong() - start),
                    breaker.open());
        } finally {
            lock.unlock();
        }
    }

    /** How it ended; to be called when no thread works any more. */
    RunResult result() {
        lock.lock();
        try {
            return new RunResult(end == null ? RunEnd.DONE : end, message, progress());
        } finally {
            lock.unlock();
        }
    }
}
