// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.InteractionLog;
import org.sllmr.evaluation.ranking.CandidateRanking;
import org.sllmr.evaluation.ranking.UserRanking;
import org.sllmr.model.CatalogueScorer;

/** Ranks each user while its scores come by, and keeps ranks and the top of the list; one thread a user at a time. */
final class RankingCollector implements CatalogueScorer.Receiver {
    private final HeldOut heldOut;
    private final InteractionLog log;
    private final int items;
    private final int longest;
    private final @Nullable CandidateRanking[] open;
    private final UserRanking[] done;
    private final int[][] tops;

    RankingCollector(HeldOut heldOut, InteractionLog log, int items, int longest) {
        this.heldOut = heldOut;
        this.log = log;
        this.items = items;
        this.longest = longest;
        this.open = new CandidateRanking[heldOut.users().length];
        this.done = new UserRanking[open.length];
        this.tops = new int[open.length][];
    }

    @Override
    public void asked(int row, float[] scores) {
        open[row] = new CandidateRanking(scores, heldOut.excluded(log, row), longest);
    }

    @Override
    public void scores(int row, int first, float[] scores, int count) {
        CandidateRanking ranking = open[row];
        if (ranking == null) {
            throw new IllegalStateException("scores of row " + row + " came before those asked for");
        }
        ranking.add(first, scores, count);
        if (first + count == items) {
            done[row] = ranking.ranking();
            tops[row] = ranking.top();
            open[row] = null;
        }
    }

    /** One a user; to be asked when all scores have come. */
    List<UserRanking> rankings() {
        return IntStream.range(0, done.length).mapToObj(row -> done[row]).toList();
    }

    /** The top of each user's list. */
    int[][] tops() {
        return tops;
    }
}
