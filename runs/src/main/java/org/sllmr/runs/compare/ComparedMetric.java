// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.util.List;
import org.sllmr.evaluation.Slice;
import org.sllmr.evaluation.ranking.RankingMetric;

/**
 * A metric of samples that comparisons show.
 *
 * @param name its name in {@code metrics.json}
 * @param higherIsBetter whether more of it is better
 * @param slice the samples that it is an AUC of
 */
record ComparedMetric(String name, boolean higherIsBetter, Slice slice) {
    /** AUCs of the slices that results are reported with. */
    static final List<ComparedMetric> AUCS = List.of(
            new ComparedMetric("auc", true, Slice.ALL),
            new ComparedMetric("aucCold", true, Slice.COLD),
            new ComparedMetric("aucLongTail", true, Slice.LONG_TAIL),
            new ComparedMetric("aucLongTailPairs", true, Slice.LONG_TAIL_PAIRS));

    /** Metrics of ranks; recall is the hit rate where a user has one positive. */
    static List<RankingMetric> ranking(List<Integer> cutoffs) {
        return RankingMetric.standard(cutoffs).stream()
                .filter(metric ->
                        !metric.name().startsWith("recall@") && !metric.name().startsWith("mrr@"))
                .toList();
    }
}
