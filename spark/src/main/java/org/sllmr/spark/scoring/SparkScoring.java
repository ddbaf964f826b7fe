// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.spark.sent.SentBytes;
import org.sllmr.spark.sent.SentLog;
import org.sllmr.spark.sent.SentPlan;
import org.sllmr.spark.session.JobProgress;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;

/** Has the embedding teacher score a plan by partitions of users; the vectors are sent by broadcast. */
public final class SparkScoring {
    private final SparkSession session;

    /** Scoring in a session. */
    public SparkScoring(SparkSession session) {
        this.session = session;
    }

    /**
     * Scores a plan, as {@link Scoring#run} does, whatever the number of tasks.
     *
     * @param log training interactions of the plan's users
     */
    public TeacherTableFile score(
            EmbeddingTeacher teacher, CandidatePlan plan, InteractionLog log, ProgressListener listener)
            throws IOException {
        int tasks = session.sparkContext().defaultParallelism();
        return score(teacher, plan, log, UserSlice.of(log, user -> plan.offsets()[user], tasks), listener);
    }

    /**
     * Scores a plan.
     *
     * @param slices all users in any order, each slice a task
     */
    TeacherTableFile score(
            EmbeddingTeacher teacher,
            CandidatePlan plan,
            InteractionLog log,
            List<UserSlice> slices,
            ProgressListener listener)
            throws IOException {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<SentVectors> vectors = context.broadcast(new SentVectors(teacher.embeddings(), teacher.settings()));
        try {
            List<byte[]> asked = new ArrayList<>();
            for (UserSlice slice : slices) {
                asked.add(SentBytes.of(new SentCandidates(
                        SentPlan.of(slice.from(), plan.slice(slice.from(), slice.to())),
                        SentLog.withoutTimes(log.slice(slice.from(), slice.to())))));
            }
            float[] scores = new float[plan.size()];
            for (byte[] sent : JobProgress.tell(
                    session.sparkContext(),
                    "scoring",
                    listener,
                    () -> context.parallelize(asked, Math.max(1, asked.size()))
                            .map(new ScoreForUsers(vectors))
                            .collect())) {
                SentScores some = SentBytes.read(sent, SentScores.class);
                System.arraycopy(some.scores(), 0, scores, plan.offsets()[some.first()], some.scores().length);
            }
            return Scoring.table(teacher, plan, scores);
        } finally {
            vectors.destroy();
        }
    }
}
