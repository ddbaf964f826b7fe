// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;
import org.sllmr.bundle.format.BundleReader;
import org.sllmr.evaluation.ranking.CandidateRanking;
import org.sllmr.evaluation.ranking.TieGroup;
import org.sllmr.evaluation.ranking.UserRanking;
import org.sllmr.model.RequestScorer;
import org.sllmr.spark.bundle.SentBundle;

/**
 * Ranks a user; the answer is whole numbers, which travel well: row, candidates, number of groups, the three counts of each
 * group, and the first items of the list.
 */
final class RankUsers implements Function<Asked, int[]> {
    private static final int HEAD = 3;
    private static final int COUNTS = 3;

    private final SentBundle<BundleReader.Opened> bundle;
    private final int longest;

    /**
     * Ranks with a bundle.
     *
     * @param longest length of the lists
     */
    RankUsers(SentBundle<BundleReader.Opened> bundle, int longest) {
        this.bundle = bundle;
        this.longest = longest;
    }

    @Override
    public int[] call(Asked asked) {
        RequestScorer scorer = bundle.opened().scorer();
        float[] scores = scorer.all(asked.request());
        int[] positives = asked.positives();
        float[] ofPositives = new float[positives.length];
        for (int i = 0; i < positives.length; i++) {
            ofPositives[i] = scores[positives[i]];
        }
        CandidateRanking candidates = new CandidateRanking(ofPositives, asked.excluded(), longest);
        candidates.add(0, scores, scores.length);
        UserRanking ranking = candidates.ranking();
        IntStream.Builder answer = IntStream.builder();
        answer.add(asked.row()).add(ranking.candidates()).add(ranking.groups().size());
        for (TieGroup group : ranking.groups()) {
            answer.add(group.better()).add(group.tied()).add(group.positives());
        }
        return IntStream.concat(answer.build(), Arrays.stream(candidates.top())).toArray();
    }

    /** Index of the target that an answer is of. */
    static int row(int[] answer) {
        return answer[0];
    }

    /** The ranking that an answer tells. */
    static UserRanking ranking(int[] answer) {
        List<TieGroup> groups = new ArrayList<>();
        for (int at = HEAD; at < end(answer); at += COUNTS) {
            groups.add(new TieGroup(answer[at], answer[at + 1], answer[at + 2]));
        }
        return new UserRanking(answer[1], groups);
    }

    /** The first items that an answer tells. */
    static int[] top(int[] answer) {
        return Arrays.copyOfRange(answer, end(answer), answer.length);
    }

    private static int end(int[] answer) {
        return HEAD + COUNTS * answer[2];
    }
}
