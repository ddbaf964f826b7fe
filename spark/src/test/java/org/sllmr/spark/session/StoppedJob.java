// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.function.ForeachPartitionFunction;

/** A program that ends in the middle of a job, as when it is stopped. */
public final class StoppedJob {
    private static final CountDownLatch BEGUN = new CountDownLatch(3);

    private StoppedJob() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        // The job fails, which the command line would tell in one line.
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
        JobSession.run("stopped", 1, session -> {
            new Thread(() -> {
                        try {
                            BEGUN.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        System.exit(0);
                    })
                    .start();
            session.range(0, 2000, 1, 2000).foreachPartition((ForeachPartitionFunction<Long>) numbers -> {
                BEGUN.countDown();
                Thread.sleep(10);
            });
            return 0;
        });
    }
}
