// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import org.sllmr.data.Seed;

/**
 * The wait before a request is sent again: exponential backoff with full jitter.
 *
 * @param seed root of the random draws
 * @param first maximum first wait in nanoseconds
 * @param longest maximum wait in nanoseconds
 */
record Backoff(Seed seed, double first, double longest) {
    /**
     * Draws a wait.
     *
     * @param request index of the request
     * @param failures number of failures so far, 1 or more
     * @param retryAfter nanoseconds to wait that the provider requested, 0 if none; the wait is never shorter
     */
    long nanos(int request, int failures, long retryAfter) {
        double draw = seed.child(request).child(failures).generator().nextDouble();
        if (retryAfter > 0) {
            // Requests with the same requested wait must not be sent at the same moment.
            return retryAfter + (long) (draw * first);
        }
        return (long) (draw * Math.min(longest, first * StrictMath.pow(2, failures - 1)));
    }
}
