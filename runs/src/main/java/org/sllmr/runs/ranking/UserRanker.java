// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.io.IOException;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.ranking.UserRanking;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;

/** Ranks the catalogue for users of a run. Where that is done changes no rank. */
@FunctionalInterface
public interface UserRanker {
    /** Ranks on this machine, in one thread a processor. */
    UserRanker HERE = (run, dataset, log, targets, longest, listener) -> {
        int items = dataset.trainingData().catalogue().size();
        RankingCollector collector = new RankingCollector(targets, log, items, longest);
        CatalogueScorer scorer = RunEvaluation.scorer(run, dataset).catalogueScorer(items);
        // The heap has grown for what was read; without this it would stay as large until the end.
        System.gc();
        scorer.score(log, targets.users(), targets.positions(), targets.positives(), collector, listener);
        return new Ranked(collector.rankings(), collector.tops());
    };

    /**
     * Ranks all items for each user.
     *
     * @param run the run
     * @param dataset the dataset it was trained on
     * @param log where histories and contexts are looked up
     * @param targets the users, and where their histories end
     * @param longest length of the lists
     * @param listener told of the progress
     * @throws InvalidInputException if it is another dataset, or the run cannot score
     */
    Ranked rank(
            RunFolder run,
            Dataset dataset,
            InteractionLog log,
            RankingTargets targets,
            int longest,
            ProgressListener listener)
            throws IOException;

    /**
     * Rankings of users, in the order of the targets.
     *
     * @param rankings the ranks of each user's positives
     * @param tops the first items of each user's list, as many as asked for if there are so many candidates
     */
    record Ranked(List<UserRanking> rankings, int[][] tops) {
        /** Copies the list. */
        public Ranked {
            rankings = List.copyOf(rankings);
        }
    }
}
