// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sllmr.bundle.format.BundleReader;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.file.Folders;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.ranking.UserRanking;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.export.RunExport;
import org.sllmr.runs.ranking.RankingTargets;
import org.sllmr.runs.ranking.UserRanker;
import org.sllmr.spark.bundle.SentBundle;
import org.sllmr.spark.session.JobProgress;

/**
 * Ranks users on Spark. The run travels as a bundle, and each user's history with its task, so executors need neither the
 * dataset nor the run.
 */
public final class SparkRanker implements UserRanker {
    /** Users of a task: seconds up to minutes, so that little is lost with an executor. */
    private static final int USERS_OF_TASK = 500;

    private final SparkSession session;
    private final int usersOfTask;

    /** A ranker with tasks of the usual size. */
    public SparkRanker(SparkSession session) {
        this(session, USERS_OF_TASK);
    }

    /**
     * A ranker.
     *
     * @param usersOfTask users of a task, at least 1; changes no rank
     */
    SparkRanker(SparkSession session, int usersOfTask) {
        this.session = session;
        this.usersOfTask = usersOfTask;
    }

    /**
     * As {@link UserRanker#rank}.
     *
     * @throws InvalidInputException also if the run is a blend, whose teacher executors do not have
     */
    @Override
    public Ranked rank(
            RunFolder run,
            Dataset dataset,
            InteractionLog log,
            RankingTargets targets,
            int longest,
            ProgressListener listener)
            throws IOException {
        Path folder = Files.createTempDirectory("sllmr-evaluated");
        try {
            Path bundle = folder.resolve("bundle");
            RunExport.run(run, dataset, "evaluated", HistoryForm.NONE, bundle, false);
            return JobProgress.tell(
                    session.sparkContext(), "ranking", listener, () -> rank(bundle, dataset, log, targets, longest));
        } finally {
            Folders.delete(folder);
        }
    }

    private Ranked rank(Path bundle, Dataset dataset, InteractionLog log, RankingTargets targets, int longest) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        BundleReader.Opened opened = new OpenScorer().open(bundle);
        SentBundle<BundleReader.Opened> sent =
                SentBundle.send(context, bundle, opened.hash(), new OpenScorer(), opened);
        int users = targets.users().length;
        List<Asked> asked = new ArrayList<>(users);
        for (int row = 0; row < users; row++) {
            asked.add(new Asked(dataset.trainingData(), log, targets, row));
        }
        UserRanking[] rankings = new UserRanking[users];
        int[][] tops = new int[users][];
        int tasks = Math.max(context.defaultParallelism(), (users - 1) / usersOfTask + 1);
        for (int[] answer : context.parallelize(asked, tasks)
                .map(new RankUsers(sent, longest))
                .collect()) {
            rankings[RankUsers.row(answer)] = RankUsers.ranking(answer);
            tops[RankUsers.row(answer)] = RankUsers.top(answer);
        }
        sent.bytes().destroy();
        return new Ranked(Arrays.asList(rankings), tops);
    }
}
