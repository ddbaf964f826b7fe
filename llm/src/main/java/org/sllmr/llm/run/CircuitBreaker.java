// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * Keeps requests from a provider that is down: closed while it works; open, so that nothing is sent, after many failures in a
 * row; half open after a pause, when one request finds out whether it is back.
 *
 * <p>Times are nanoseconds of one clock. Not safe for many threads.
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
     * @param failures how many in a row open it
     * @param pause nanoseconds that nothing is sent
     * @param giveUp nanoseconds without a success after which the provider is given up
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

    /** When to ask again where {@link #allows} says no; the result of the probe may allow it earlier. */
    long reopens(long now) {
        return state == State.OPEN ? until : now + pause;
    }

    /** A request is sent; returns whether it is the one that finds out. */
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
     * A request failed in a way that passes.
     *
     * @param probe whether it was the one that finds out
     * @param retryAfter nanoseconds that the provider asks to wait, 0 where it does not
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

    /** The request that was to find out was not sent after all, or ended without a result. */
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

    /** Since when it is open; meaningless while it is closed. */
    long downSince() {
        return down;
    }

    /** When {@link #givesUp} becomes true at the earliest. */
    long givesUpAt() {
        return down + giveUp;
    }
}
