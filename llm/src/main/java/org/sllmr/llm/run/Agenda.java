// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.ProviderException;

/**
 * Decides what is sent next and when, for all threads of a run: one lock over the queue, the limits, the breaker and the
 * budget, held for microseconds only.
 *
 * <p>A thread takes a task, words it without the lock, waits for leave to send it, and reports how it went. A task that is to
 * be sent again later waits here and not in a thread, so that others are sent meanwhile.
 */
final class Agenda {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** One thread at a time waits for leave, the first to come; all the others would wake with it for nothing. */
    private final ReentrantLock gate = new ReentrantLock(true);

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
     * @param answeredBefore those that need not be sent; not changed any more
     * @param spent money that earlier runs cost
     * @param clock nanoseconds
     */
    Agenda(int total, BitSet answeredBefore, double spent, AskingSettings settings, LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.queue = new TaskQueue(total, answeredBefore, settings.concurrency());
        this.admission = new Admission(settings, spent, start);
        this.tally = new Tally(total, answeredBefore.cardinality());
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
            long now = clock.getAsLong();
            if (open(estimate, now) && admission.wait(estimate, now) == 0) {
                return send(estimate, now);
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

    /** Whether anything may still be sent; ends the run if this request never may. */
    private boolean open(Estimate estimate, long now) {
        if (end == null) {
            admission
                    .closed(estimate, now, tally.lastFailure())
                    .ifPresent(closed -> stop(closed.end(), closed.message()));
        }
        return end == null;
    }

    private Leave send(Estimate estimate, long now) {
        underWay++;
        return admission.send(estimate, now) ? Leave.PROBE : Leave.USUAL;
    }

    /** A request was sent and answered, rightly or wrongly; {@code took} is what it really took. */
    void replied(Estimate estimate, Estimate took) {
        settle(() -> admission.replied(estimate, took));
    }

    /**
     * A request was sent and the provider failed it.
     *
     * @param cost what that cost
     * @param retryAfter nanoseconds that the provider asks to wait, 0 where it does not
     */
    void failed(Estimate estimate, Leave leave, double cost, ProviderException failure, long retryAfter) {
        boolean passing = failure.kind().passing();
        settle(() -> {
            tally.failed(String.valueOf(failure.getMessage()));
            admission.failed(estimate, leave == Leave.PROBE, cost, passing, retryAfter, clock.getAsLong());
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

    /** A request that was sent will not be heard of again. */
    void abandoned(Estimate estimate, Leave leave) {
        finish(() -> {
            underWay--;
            admission.abandoned(estimate, leave == Leave.PROBE, clock.getAsLong());
        });
    }

    /** A task has its answer. */
    void answered() {
        finish(tally::answered);
    }

    /** A task is to be sent again. */
    void again(String fault, Task task) {
        finish(() -> {
            tally.fault(fault);
            queue.again(task);
        });
    }

    /** A task was asked as often as it may. */
    void leaveUnanswered(String fault) {
        finish(() -> {
            tally.fault(fault);
            tally.left();
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

    /** How many requests have an answer from this run. */
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

    /** How it ended; to be called when no thread works any more. */
    AskingResult result(String sample) {
        lock.lock();
        try {
            return new AskingResult(end == null ? AskingEnd.DONE : end, message, progress(), sample);
        } finally {
            lock.unlock();
        }
    }
}
