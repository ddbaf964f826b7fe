// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of an {@link Evaluation}: a component per {@link SampleMetric}, named by its key, as checkpoints store
 * them.
 *
 * @param auc {@link SampleMetric#AUC}
 * @param logLoss {@link SampleMetric#LOG_LOSS}
 * @param calibrationError {@link SampleMetric#CALIBRATION_ERROR}
 * @param aucCold {@link SampleMetric#AUC_COLD}
 * @param aucWarm {@link SampleMetric#AUC_WARM}
 * @param aucLongTail {@link SampleMetric#AUC_LONG_TAIL}
 * @param aucHead {@link SampleMetric#AUC_HEAD}
 * @param aucLongTailPairs {@link SampleMetric#AUC_LONG_TAIL_PAIRS}
 * @param aucHeadPairs {@link SampleMetric#AUC_HEAD_PAIRS}
 * @param gaucByImpressions {@link SampleMetric#GAUC_BY_IMPRESSIONS}
 * @param gaucByUsers {@link SampleMetric#GAUC_BY_USERS}
 * @param aucWithinImpressions {@link SampleMetric#AUC_WITHIN_IMPRESSIONS}
 * @param ndcgWithinImpressions {@link SampleMetric#NDCG_WITHIN_IMPRESSIONS}
 * @param mrrWithinImpressions {@link SampleMetric#MRR_WITHIN_IMPRESSIONS}
 * @param aucNewUsers {@link SampleMetric#AUC_NEW_USERS}
 * @param aucNewItems {@link SampleMetric#AUC_NEW_ITEMS}
 * @param aucNewItemPairs {@link SampleMetric#AUC_NEW_ITEM_PAIRS}
 */
public record Metrics(
        Measurement auc,
        Measurement logLoss,
        Measurement calibrationError,
        Measurement aucCold,
        Measurement aucWarm,
        Measurement aucLongTail,
        Measurement aucHead,
        Measurement aucLongTailPairs,
        Measurement aucHeadPairs,
        Measurement gaucByImpressions,
        Measurement gaucByUsers,
        @Nullable Measurement aucWithinImpressions,
        @Nullable Measurement ndcgWithinImpressions,
        @Nullable Measurement mrrWithinImpressions,
        @Nullable Measurement aucNewUsers,
        @Nullable Measurement aucNewItems,
        @Nullable Measurement aucNewItemPairs) {
    /** Metrics that a checkpoint of an earlier version lacks are not defined. */
    public Metrics {
        aucWithinImpressions = orNone(aucWithinImpressions);
        ndcgWithinImpressions = orNone(ndcgWithinImpressions);
        mrrWithinImpressions = orNone(mrrWithinImpressions);
        aucNewUsers = orNone(aucNewUsers);
        aucNewItems = orNone(aucNewItems);
        aucNewItemPairs = orNone(aucNewItemPairs);
    }

    /** No metric is defined, for lack of samples. */
    public static Metrics none() {
        Measurement none = Measurement.none();
        return new Metrics(
                none, none, none, none, none, none, none, none, none, none, none, none, none, none, none, none, none);
    }

    private static Measurement orNone(@Nullable Measurement measurement) {
        return measurement == null ? Measurement.none() : measurement;
    }

    /** The measurement of a metric. */
    public Measurement get(SampleMetric metric) {
        return switch (metric) {
            case AUC -> auc;
            case LOG_LOSS -> logLoss;
            case CALIBRATION_ERROR -> calibrationError;
            case AUC_COLD -> aucCold;
            case AUC_WARM -> aucWarm;
            case AUC_LONG_TAIL -> aucLongTail;
            case AUC_HEAD -> aucHead;
            case AUC_LONG_TAIL_PAIRS -> aucLongTailPairs;
            case AUC_HEAD_PAIRS -> aucHeadPairs;
            case GAUC_BY_IMPRESSIONS -> gaucByImpressions;
            case GAUC_BY_USERS -> gaucByUsers;
            case AUC_WITHIN_IMPRESSIONS -> orNone(aucWithinImpressions);
            case NDCG_WITHIN_IMPRESSIONS -> orNone(ndcgWithinImpressions);
            case MRR_WITHIN_IMPRESSIONS -> orNone(mrrWithinImpressions);
            case AUC_NEW_USERS -> orNone(aucNewUsers);
            case AUC_NEW_ITEMS -> orNone(aucNewItems);
            case AUC_NEW_ITEM_PAIRS -> orNone(aucNewItemPairs);
        };
    }

    /** All measurements, in the order of {@link SampleMetric}; unmodifiable. */
    public Map<SampleMetric, Measurement> all() {
        Map<SampleMetric, Measurement> all = new EnumMap<>(SampleMetric.class);
        for (SampleMetric metric : SampleMetric.values()) {
            all.put(metric, get(metric));
        }
        return Collections.unmodifiableMap(all);
    }
}
