// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import java.io.IOException;
import org.apache.spark.SparkContext;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.sllmr.data.ProgressListener;

/** Tells a listener of the tasks that are done. */
public final class JobProgress extends SparkListener {
    private final String stage;
    private final ProgressListener listener;
    private long done;
    private long total;

    private JobProgress(String stage, ProgressListener listener) {
        this.stage = stage;
        this.listener = listener;
    }

    /** Work on Spark. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Does work, and tells of its tasks meanwhile.
     *
     * @param stage what is done, as the listener is told
     */
    public static <T> T tell(SparkContext context, String stage, ProgressListener listener, Work<T> work)
            throws IOException {
        JobProgress progress = new JobProgress(stage, listener);
        context.addSparkListener(progress);
        try {
            return work.run();
        } finally {
            context.removeSparkListener(progress);
        }
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        total += event.stageInfo().numTasks();
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        if (event.reason().equals(Success$.MODULE$) && done < total) {
            done++;
            listener.progressed(stage + " (tasks)", done, total);
        }
    }
}
