// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * A request that is to be sent, and how it went so far in this run.
 *
 * @param index index of the request
 * @param failures how often the provider failed it
 * @param wrongAnswers how many replies could not be used
 * @param due when it may be sent, in nanoseconds of the run's clock
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
