// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.request.Requests;

/**
 * Decides what is sent next and when, for all threads of a run. One lock, held for microseconds only, protects the
 * queue, the limits, the breaker and the budget.
 *
 * <p>A thread takes a task, writes its prompt without the lock, waits for a permit to send it, and reports the outcome.
 * A task that will be retried waits here and not in a thread, so that others can be sent in the meantime.
 */
final class Agenda {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Only the first thread waits for the permit; if all waited, all would wake for one permit. */
    private final ReentrantLock waiting = new ReentrantLock(true);

    private final LongSupplier clock;
    private final long start;
    private final TaskQueue queue;
    private final Admission admission;
    private final Tally tally;
    private int held;
    private int underWay;
    private @Nullable AskingEnd end;
    private String message = "";

    /**
     * An agenda.
     *
     * @param total number of requests
     * @param answeredBefore requests that need not be sent
     * @param waiting requests that are sent when those before them are answered
     * @param spent cost of earlier runs
     * @param clock clock in nanoseconds
     */
    Agenda(
            int total,
            BitSet answeredBefore,
            BitSet waiting,
            double spent,
            AskingSettings settings,
            LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
        BitSet passedOver = (BitSet) waiting.clone();
        passedOver.or(answeredBefore);
        this.queue = new TaskQueue(total, passedOver, settings.concurrency());
        this.admission = new Admission(settings, spent, start);
        this.tally = new Tally(total, answeredBefore.cardinality());
    }

    static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    /** The next task, after waiting for one if necessary; null if there are no more. */
    @Nullable
    Task take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (end == null) {
                long now = clock.getAsLong();
                Task task = queue.next(now);
                if (task != null) {
                    held++;
                    return task;
                } else if (!queue.nothingDelayed()) {
                    changed.awaitNanos(queue.due() - now);
                } else if (held > 0) {
                    changed.await();
                } else {
                    stop(AskingEnd.DONE, "");
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Permission to send a request. */
    enum Permit {
        /** To send it normally. */
        NORMAL,
        /** To send it as a probe of whether the provider is back. */
        PROBE
    }

    /** Waits until a task may be sent; null if it may never be sent. */
    @Nullable
    Permit permit(Estimate estimate) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // The usual case. Queueing here would make every thread wait until the one before it wakes.
            long now = clock.getAsLong();
            if (open(estimate, now) && admission.wait(estimate, now) == 0) {
                return send(estimate, now);
            }
        } finally {
            lock.unlock();
        }
        waiting.lockInterruptibly();
        try {
            return awaitPermit(estimate);
        } finally {
            waiting.unlock();
        }
    }

    private @Nullable Permit awaitPermit(Estimate estimate) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long now = clock.getAsLong();
            while (open(estimate, now)) {
                long wait = admission.wait(estimate, now);
                if (wait == 0) {
                    return send(estimate, now);
                }
                changed.awaitNanos(wait);
                now = clock.getAsLong();
            }
            held--;
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether anything may still be sent; ends the run if this request may never be sent. */
    private boolean open(Estimate estimate, long now) {
        if (end == null) {
            admission
                    .closed(estimate, now, tally.lastFailure())
                    .ifPresent(closed -> stop(closed.end(), closed.message()));
        }
        return end == null;
    }

    private Permit send(Estimate estimate, long now) {
        underWay++;
        return admission.send(estimate, now) ? Permit.PROBE : Permit.NORMAL;
    }

    /** A request was answered, usably or not; {@code took} is its actual usage. */
    void replied(Estimate estimate, Estimate took) {
        settle(() -> admission.replied(estimate, took));
    }

    /**
     * The provider failed a request.
     *
     * @param cost its cost
     * @param retryAfter nanoseconds to wait that the provider requested, 0 if none
     */
    void failed(Estimate estimate, Permit permit, double cost, ProviderException failure, long retryAfter) {
        boolean passing = failure.kind().passing();
        settle(() -> {
            tally.failed(String.valueOf(failure.getMessage()));
            admission.failed(estimate, permit == Permit.PROBE, cost, passing, retryAfter, clock.getAsLong());
        });
    }

    private void settle(Runnable change) {
        lock.lock();
        try {
            underWay--;
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** The outcome of a request will never be known. */
    void abandoned(Estimate estimate, Permit permit) {
        finish(() -> {
            underWay--;
            admission.abandoned(estimate, permit == Permit.PROBE, clock.getAsLong());
        });
    }

    /**
     * A task was answered.
     *
     * @param next request that waited for it, or {@link Requests#NONE}
     */
    void answered(int next) {
        finish(() -> {
            tally.answered();
            if (next != Requests.NONE) {
                queue.add(new Task(next, 0, 0, clock.getAsLong()));
            }
        });
    }

    /** A task will be sent again. */
    void again(String fault, Task task) {
        finish(() -> {
            tally.fault(fault);
            queue.add(task);
        });
    }

    /**
     * A task reached its maximum number of attempts.
     *
     * @param waiting number of requests that wait for it, which are never sent
     */
    void leaveUnanswered(String fault, int waiting) {
        finish(() -> {
            tally.fault(fault);
            tally.left(1 + waiting);
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

    /** Stops sending; the first reason counts. */
    void stop(AskingEnd reason, String why) {
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

    /** Number of requests that this run has answers for. */
    int answeredSoFar() {
        lock.lock();
        try {
            return tally.answeredSoFar();
        } finally {
            lock.unlock();
        }
    }

    AskingProgress progress() {
        lock.lock();
        try {
            Duration elapsed = Duration.ofNanos(clock.getAsLong() - start);
            return tally.progress(underWay, admission.spent(), elapsed, admission.providerDown());
        } finally {
            lock.unlock();
        }
    }

    /** The result, to be called after all threads have ended. */
    AskingResult result(String sample) {
        lock.lock();
        try {
            return new AskingResult(end == null ? AskingEnd.DONE : end, message, progress(), sample);
        } finally {
            lock.unlock();
        }
    }
}
