// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.List;

/**
 * A metric as tables and charts show it.
 *
 * @param name its name in {@code metrics.json}
 * @param label how people read it
 * @param higherIsBetter whether more of it is better, as of AUC and unlike log loss
 */
public record MetricColumn(String name, String label, boolean higherIsBetter) {
    /** AUC over all samples: the CTR AUC of the paper's Table 2. */
    public static final MetricColumn AUC = new MetricColumn("auc", "AUC", true);

    /** AUC over the samples of cold users. */
    public static final MetricColumn AUC_COLD = new MetricColumn("aucCold", "AUC, cold users", true);

    /** AUC over the samples whose item is a long-tail item: the long-tail column of the paper's Table 3. */
    public static final MetricColumn AUC_LONG_TAIL = new MetricColumn("aucLongTail", "AUC, long-tail samples", true);

    /** AUC over the positives that are long-tail items, with their negatives. */
    public static final MetricColumn AUC_LONG_TAIL_PAIRS =
            new MetricColumn("aucLongTailPairs", "AUC, long-tail pairs", true);

    /** Log loss over all samples. */
    public static final MetricColumn LOG_LOSS = new MetricColumn("logLoss", "Log loss", false);

    /** The slices: AUC overall, then where data is thin. */
    public static List<MetricColumn> slices() {
        return List.of(AUC, AUC_COLD, AUC_LONG_TAIL, AUC_LONG_TAIL_PAIRS);
    }

    /** What every result is reported with: the slices and the log loss. */
    public static List<MetricColumn> standard() {
        return List.of(AUC, AUC_COLD, AUC_LONG_TAIL, AUC_LONG_TAIL_PAIRS, LOG_LOSS);
    }
}
