// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * Stops requests while the provider is down. It is closed while the provider works; open, so that nothing is sent,
 * after consecutive failures; and half open after a pause, when one request probes whether the provider is back.
 *
 * <p>Times are nanoseconds of one clock. Not thread-safe.
 */
final class CircuitBreaker {
    private enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final int failures;
    private final long pause;
    private final long giveUp;
    private State state = State.CLOSED;
    private int inARow;
    private long down;
    private long until;

    /**
     * A closed breaker.
     *
     * @param failures number of consecutive failures that open it
     * @param pause nanoseconds before a probe
     * @param giveUp nanoseconds without a success after which the run ends
     */
    CircuitBreaker(int failures, long pause, long giveUp) {
        this.failures = failures;
        this.pause = pause;
        this.giveUp = giveUp;
    }

    /** Whether a request may be sent now. */
    boolean allows(long now) {
        return state == State.CLOSED || (state == State.OPEN && now >= until);
    }

    /** When to check again if {@link #allows} is false; the result of a probe may allow it earlier. */
    long reopens(long now) {
        return state == State.OPEN ? until : now + pause;
    }

    /** A request is sent; returns whether it is a probe. */
    boolean begin() {
        if (state == State.OPEN) {
            state = State.HALF_OPEN;
            return true;
        }
        return false;
    }

    /** A request was answered. */
    void succeeded() {
        state = State.CLOSED;
        inARow = 0;
    }

    /**
     * A request failed temporarily.
     *
     * @param probe whether it was a probe
     * @param retryAfter nanoseconds to wait that the provider requested, 0 if none
     */
    void failed(long now, boolean probe, long retryAfter) {
        inARow++;
        boolean opens = state == State.CLOSED && inARow >= failures;
        if (opens) {
            down = now;
        }
        if (opens || probe) {
            state = State.OPEN;
            until = now + Math.max(pause, retryAfter);
        }
    }

    /** A probe was not sent after all, or ended without a result. */
    void abandoned(long now) {
        if (state == State.HALF_OPEN) {
            state = State.OPEN;
            until = now;
        }
    }

    boolean open() {
        return state != State.CLOSED;
    }

    /** Whether the provider has been down too long to wait any more. */
    boolean givesUp(long now) {
        return state == State.OPEN && now - down >= giveUp;
    }

    /** Since when it has been open; undefined while it is closed. */
    long downSince() {
        return down;
    }

    /** The earliest time at which {@link #givesUp} becomes true. */
    long givesUpAt() {
        return down + giveUp;
    }
}
