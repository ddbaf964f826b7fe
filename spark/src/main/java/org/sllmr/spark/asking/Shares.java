// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.llm.run.AskingSettings;

/**
 * What one of the tasks that ask at once may do. Concurrency, requests and tokens a minute are divided evenly, and the
 * money by the number of requests, so that in sum no limit is passed, whatever the number of tasks that really run.
 */
final class Shares {
    private Shares() {}

    /**
     * The most tasks whose shares are at least one request at a time and one a minute.
     *
     * @param wanted number of tasks that could run
     */
    static int tasks(AskingSettings whole, int wanted) {
        int most = Math.min(whole.concurrency(), whole.requestsPerMinute().orElse(Integer.MAX_VALUE));
        return Math.max(
                1, Math.min(wanted, Math.min(most, whole.tokensPerMinute().orElse(Integer.MAX_VALUE))));
    }

    /**
     * The shares of the limits; the budget is left out.
     *
     * @param tasks as {@link #tasks} allows
     */
    static List<AskingSettings> of(AskingSettings whole, int tasks) {
        List<AskingSettings> shares = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            int at = task;
            shares.add(new AskingSettings(
                    share(whole.concurrency(), tasks, at),
                    whole.timeoutSeconds(),
                    whole.requestsPerMinute().map(limit -> share(limit, tasks, at)),
                    whole.tokensPerMinute().map(limit -> share(limit, tasks, at)),
                    Optional.empty(),
                    whole.retries(),
                    whole.breaker(),
                    whole.answers()));
        }
        return shares;
    }

    private static int share(int whole, int tasks, int task) {
        return whole / tasks + (task < whole % tasks ? 1 : 0);
    }

    /**
     * Divides money by the number of requests.
     *
     * @param left what may be spent, 0 or more
     * @param requests number of requests of each task
     */
    static double[] money(double left, long[] requests) {
        long all = 0;
        for (long own : requests) {
            all += own;
        }
        double[] shares = new double[requests.length];
        for (int task = 0; task < shares.length; task++) {
            shares[task] = all == 0 ? 0 : left * ((double) requests[task] / all);
        }
        return shares;
    }
}
