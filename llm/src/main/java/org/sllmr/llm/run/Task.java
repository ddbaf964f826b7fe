// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * A request to send, with its outcomes so far in this run.
 *
 * @param index index of the request
 * @param failures number of provider failures
 * @param wrongAnswers number of unusable replies
 * @param due earliest time to send it, in nanoseconds of the run's clock
 */
record Task(int index, int failures, int wrongAnswers, long due) {
    /** Number of the next attempt, 1 or more. */
    int attempt() {
        return failures + wrongAnswers + 1;
    }

    Task failed(long next) {
        return new Task(index, failures + 1, wrongAnswers, next);
    }

    Task answeredWrongly(long next) {
        return new Task(index, failures, wrongAnswers + 1, next);
    }
}
