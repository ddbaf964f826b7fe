// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import org.apache.spark.SparkContext;
import org.sllmr.configuration.InvalidInputException;

/** Whether all tasks of a round can run at once. */
final class Slots {
    /** Executors of a cluster come one by one after the start. */
    private static final long PATIENCE_MILLIS = 60_000;

    private static final long PAUSE_MILLIS = 200;
    private static final String DYNAMIC = "spark.dynamicAllocation.enabled";

    private Slots() {}

    /**
     * Waits until there is room for all workers; on one machine there is nothing to wait for.
     *
     * @throws InvalidInputException if there is none
     */
    static void require(SparkContext context, int workers) {
        if (context.conf().getBoolean(DYNAMIC, false)) {
            throw new InvalidInputException(
                    DYNAMIC, "is true, but tasks that train together need executors that stay; set it to false");
        }
        long patience = context.isLocal() ? 0 : PATIENCE_MILLIS;
        int slots = slots(context);
        for (long waited = 0; slots < workers && waited < patience; waited += PAUSE_MILLIS) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            slots = slots(context);
        }
        if (slots < workers) {
            throw new InvalidInputException(
                    "workers",
                    "are " + workers + ", but only " + slots
                            + " tasks can run at once, and all workers have to; choose at"
                            + " most " + slots + ", or give more slots: "
                            + (context.isLocal()
                                    ? "a master such as local[" + workers + "]"
                                    : "spark.executor.instances times spark.executor.cores over spark.task.cpus"));
        }
    }

    private static int slots(SparkContext context) {
        return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    }
}
