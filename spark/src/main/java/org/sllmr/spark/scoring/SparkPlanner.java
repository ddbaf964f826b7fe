// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.sllmr.data.ProgressListener;
import org.sllmr.spark.sent.SentBytes;
import org.sllmr.spark.sent.SentPlan;
import org.sllmr.spark.session.JobProgress;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSources;
import org.sllmr.teacher.plan.PlanUsers;

/**
 * Makes candidate plans by partitions of users. What all users share is sent by broadcast; what a user has of its own
 * travels with the task.
 */
public final class SparkPlanner {
    private final SparkSession session;

    /** A planner in a session. */
    public SparkPlanner(SparkSession session) {
        this.session = session;
    }

    /** The plan of all users, whatever the number of tasks. */
    public CandidatePlan plan(PlanSources sources, PlanUsers users, ProgressListener listener) throws IOException {
        int tasks = session.sparkContext().defaultParallelism();
        List<PlanUsers> slices = UserSlice.of(users.log(), user -> users.tail().offsets()[user], tasks).stream()
                .map(slice -> users.slice(slice.from(), slice.to()))
                .toList();
        return plan(sources, slices, listener);
    }

    /**
     * The plan of slices.
     *
     * @param slices the slices of the users in any order, each a task
     */
    CandidatePlan plan(PlanSources sources, List<PlanUsers> slices, ProgressListener listener) throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SentSources> sent = context.broadcast(new SentSources(sources));
        try {
            List<byte[]> users = new ArrayList<>();
            slices.forEach(slice -> users.add(SentBytes.of(SentUsers.of(slice))));
            List<byte[]> plans = JobProgress.tell(
                    session.sparkContext(),
                    "planning",
                    listener,
                    () -> context.parallelize(users, Math.max(1, users.size()))
                            .map(new PlanForUsers(sent))
                            .collect());
            return CandidatePlan.joined(
                    sources.origin(),
                    plans.stream()
                            .map(plan -> SentBytes.read(plan, SentPlan.class))
                            .sorted(Comparator.comparingInt(SentPlan::first))
                            .map(plan -> plan.open(sources.origin()))
                            .toList());
        } finally {
            sent.destroy();
        }
    }
}
