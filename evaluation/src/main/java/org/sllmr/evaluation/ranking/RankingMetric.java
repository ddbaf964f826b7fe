// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.evaluation.Metric;

/**
 * A metric of each user's ranking; results show the mean over users.
 *
 * @param kind the formula
 * @param cutoff number of places at the top that count, at least 1; 0 if all count
 */
public record RankingMetric(Kind kind, int cutoff) implements Metric {
    /** Checks that there is a cut-off exactly if the metric needs one. */
    public RankingMetric {
        if (kind.cut ? cutoff < 1 : cutoff != 0) {
            throw new IllegalArgumentException(kind + " at " + cutoff);
        }
    }

    /** The formula of a metric. */
    public enum Kind {
        /** Share of the negatives that are ranked behind a positive. */
        AUC("auc", "AUC", false),
        /** Reciprocal of the first positive's place. */
        MRR("mrr", "MRR", false),
        /** Place of a positive. */
        MEAN_RANK("meanRank", "Mean rank", false),
        /** Whether a positive is among the first places. */
        HIT_RATE("hr", "Hit rate", true),
        /** Normalized discounted cumulative gain of the first places. */
        NDCG("ndcg", "NDCG", true),
        /** Reciprocal of the first positive's place, 0 beyond the first places. */
        MRR_AT("mrr", "MRR", true),
        /** Share of the positives that are among the first places. */
        RECALL("recall", "Recall", true);

        private final String key;
        private final String label;
        private final boolean cut;

        Kind(String key, String label, boolean cut) {
            this.key = key;
            this.label = label;
            this.cut = cut;
        }
    }

    /** A metric of whole rankings. */
    public static RankingMetric of(Kind kind) {
        return new RankingMetric(kind, 0);
    }

    /** AUC, MRR and mean rank, then hit rate, NDCG, MRR and recall at each cut-off. */
    public static List<RankingMetric> standard(List<Integer> cutoffs) {
        List<RankingMetric> metrics = new ArrayList<>();
        for (Kind kind : List.of(Kind.AUC, Kind.MRR, Kind.MEAN_RANK)) {
            metrics.add(of(kind));
        }
        for (int k : cutoffs) {
            for (Kind kind : List.of(Kind.HIT_RATE, Kind.NDCG, Kind.MRR_AT, Kind.RECALL)) {
                metrics.add(new RankingMetric(kind, k));
            }
        }
        return metrics;
    }

    /** The same without recall, which equals the hit rate if each user has one positive. */
    public static List<RankingMetric> compared(List<Integer> cutoffs) {
        return standard(cutoffs).stream()
                .filter(metric -> metric.kind != Kind.MRR_AT && metric.kind != Kind.RECALL)
                .toList();
    }

    @Override
    public String key() {
        return kind.cut ? kind.key + "@" + cutoff : kind.key;
    }

    @Override
    public String label() {
        return kind.cut ? kind.label + "@" + cutoff : kind.label;
    }

    @Override
    public boolean higherIsBetter() {
        return kind != Kind.MEAN_RANK;
    }

    @Override
    public int decimals() {
        return kind == Kind.MEAN_RANK ? 1 : 4;
    }

    /** The value for a user; NaN if it is not defined. */
    public double of(UserRanking user) {
        return switch (kind) {
            case AUC -> user.auc().orElse(Double.NaN);
            case MRR -> user.reciprocalRank();
            case MEAN_RANK -> user.meanRank();
            case HIT_RATE -> user.hitRate(cutoff);
            case NDCG -> user.ndcg(cutoff);
            case MRR_AT -> user.reciprocalRank(cutoff);
            case RECALL -> user.recall(cutoff);
        };
    }

    /** The value for each user. */
    public double[] of(List<UserRanking> users) {
        return users.stream().mapToDouble(this::of).toArray();
    }
}
