// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.serving;

/**
 * What a load met.
 *
 * @param millis from the instant at which each request was due to its whole answer, ascending
 * @param took the middle of what the server says that it took, in milliseconds
 * @param seconds from the first request's instant to the last answer
 * @param processorMillis the server's processor time a request
 * @param failed requests that did not get status 200
 */
record Latencies(double[] millis, double took, double seconds, double processorMillis, long failed) {
    /** Answers a second. */
    double rate() {
        return millis.length / seconds;
    }

    /** The value that this share of the requests does not exceed. */
    double quantile(double share) {
        int at = (int) Math.ceil(share * millis.length) - 1;
        return millis[Math.max(0, Math.min(millis.length - 1, at))];
    }
}
