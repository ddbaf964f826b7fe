// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.InteractionLog;
import org.sllmr.evaluation.ranking.CandidateRanking;
import org.sllmr.evaluation.ranking.UserRanking;
import org.sllmr.model.CatalogueScorer;

/**
 * Ranks each user as the scores arrive, and keeps ranks and the top of the list; each user is handled by one thread at
 * a time.
 */
final class RankingCollector implements CatalogueScorer.Receiver {
    private final RankingTargets targets;
    private final InteractionLog log;
    private final int items;
    private final int longest;
    private final @Nullable CandidateRanking[] open;
    private final UserRanking[] done;
    private final int[][] tops;

    RankingCollector(RankingTargets targets, InteractionLog log, int items, int longest) {
        this.targets = targets;
        this.log = log;
        this.items = items;
        this.longest = longest;
        this.open = new CandidateRanking[targets.users().length];
        this.done = new UserRanking[open.length];
        this.tops = new int[open.length][];
    }

    @Override
    public void asked(int row, float[] scores) {
        int[] excluded = RankingTargets.excluded(targets.history(log, row), targets.positives()[row]);
        open[row] = new CandidateRanking(scores, excluded, longest);
    }

    @Override
    public void scores(int row, int first, float[] scores, int count) {
        CandidateRanking ranking = open[row];
        if (ranking == null) {
            throw new IllegalStateException("scores of row " + row + " arrived before those of its positives");
        }
        ranking.add(first, scores, count);
        if (first + count == items) {
            done[row] = ranking.ranking();
            tops[row] = ranking.top();
            open[row] = null;
        }
    }

    /** The ranking of each user; call after all scores have arrived. */
    List<UserRanking> rankings() {
        return IntStream.range(0, done.length).mapToObj(row -> done[row]).toList();
    }

    /** The top of each user's list; call after all scores have arrived. */
    int[][] tops() {
        return tops;
    }
}
