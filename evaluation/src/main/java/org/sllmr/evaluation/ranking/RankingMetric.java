// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A number of each user's ranking, of which results show the mean over users.
 *
 * @param name its name in results files, such as {@code ndcg@10}
 * @param higherIsBetter whether more of it is better, unlike of the mean rank
 * @param ofUser the number; NaN where a user has none
 */
public record RankingMetric(String name, boolean higherIsBetter, ToDoubleFunction<UserRanking> ofUser) {
    /** AUC, mean reciprocal rank and mean rank, then hit rate, NDCG, MRR and recall at each cut-off. */
    public static List<RankingMetric> standard(List<Integer> cutoffs) {
        List<RankingMetric> metrics = new ArrayList<>();
        metrics.add(new RankingMetric("auc", true, user -> user.auc().orElse(Double.NaN)));
        metrics.add(new RankingMetric("mrr", true, UserRanking::reciprocalRank));
        metrics.add(new RankingMetric("meanRank", false, UserRanking::meanRank));
        for (int k : cutoffs) {
            metrics.add(new RankingMetric("hr@" + k, true, user -> user.hitRate(k)));
            metrics.add(new RankingMetric("ndcg@" + k, true, user -> user.ndcg(k)));
            metrics.add(new RankingMetric("mrr@" + k, true, user -> user.reciprocalRank(k)));
            metrics.add(new RankingMetric("recall@" + k, true, user -> user.recall(k)));
        }
        return metrics;
    }

    /** The number of each user. */
    public double[] of(List<UserRanking> users) {
        return users.stream().mapToDouble(ofUser).toArray();
    }
}
