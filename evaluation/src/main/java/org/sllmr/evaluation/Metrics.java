// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@link Evaluation} measures; the component names are the names in every results file.
 *
 * @param auc pooled AUC over all rows: the CTR AUC of the paper's Table 2
 * @param logLoss mean binary cross-entropy in nats over all rows
 * @param calibrationError expected calibration error in [0, 1] over all rows
 * @param aucCold AUC over {@link Slice#COLD}
 * @param aucWarm AUC over {@link Slice#WARM}
 * @param aucLongTail AUC over {@link Slice#LONG_TAIL}: the long-tail column of the paper's Table 3
 * @param aucHead AUC over {@link Slice#HEAD}
 * @param aucLongTailPairs AUC over {@link Slice#LONG_TAIL_PAIRS}
 * @param aucHeadPairs AUC over {@link Slice#HEAD_PAIRS}
 * @param gaucByImpressions mean over users of each one's AUC, weighted by {@link Gauc.Weighting#IMPRESSIONS}
 * @param gaucByUsers the same, every user counting as much: {@link Gauc.Weighting#USERS}
 */
public record Metrics(
        Metric auc,
        Metric logLoss,
        Metric calibrationError,
        Metric aucCold,
        Metric aucWarm,
        Metric aucLongTail,
        Metric aucHead,
        Metric aucLongTailPairs,
        Metric aucHeadPairs,
        Metric gaucByImpressions,
        Metric gaucByUsers) {

    /** All metrics by name, in the order of the components; unmodifiable. */
    public Map<String, Metric> byName() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("auc", auc);
        metrics.put("logLoss", logLoss);
        metrics.put("calibrationError", calibrationError);
        metrics.put("aucCold", aucCold);
        metrics.put("aucWarm", aucWarm);
        metrics.put("aucLongTail", aucLongTail);
        metrics.put("aucHead", aucHead);
        metrics.put("aucLongTailPairs", aucLongTailPairs);
        metrics.put("aucHeadPairs", aucHeadPairs);
        metrics.put("gaucByImpressions", gaucByImpressions);
        metrics.put("gaucByUsers", gaucByUsers);
        return Collections.unmodifiableMap(metrics);
    }
}
