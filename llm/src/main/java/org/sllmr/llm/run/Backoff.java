// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import org.sllmr.data.Seed;

/**
 * How long to wait before a request is sent again: exponential backoff with full jitter.
 *
 * @param seed root of the draws
 * @param first nanoseconds of the longest first wait
 * @param longest nanoseconds of the longest wait
 */
record Backoff(Seed seed, double first, double longest) {
    /**
     * Draws a wait.
     *
     * @param request index of the request
     * @param failures how often it failed so far, 1 or more
     * @param retryAfter nanoseconds that the provider asks to wait, 0 where it does not; never shortened
     */
    long nanos(int request, int failures, long retryAfter) {
        double draw = seed.child(request).child(failures).generator().nextDouble();
        if (retryAfter > 0) {
            // All who were told the same time must not come back at the same moment.
            return retryAfter + (long) (draw * first);
        }
        return (long) (draw * Math.min(longest, first * StrictMath.pow(2, failures - 1)));
    }
}
