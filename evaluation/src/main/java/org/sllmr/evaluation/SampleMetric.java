// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.sllmr.data.Samples;
import org.sllmr.data.numeric.Mean;

/**
 * The metrics of labelled samples, in the order of all files; the only place that names these metrics.
 *
 * <p>Settings, run folders, the results database, comparisons and reports take name, direction and slice from here.
 */
public enum SampleMetric implements Metric {
    /** Pooled AUC over all rows: the CTR AUC of the paper's Table 2. */
    AUC("auc", Kind.AUC, Slice.ALL),
    /** Mean binary cross-entropy in nats over all rows. */
    LOG_LOSS("logLoss", Kind.LOG_LOSS, Slice.ALL),
    /** Expected calibration error in [0, 1] over all rows. */
    CALIBRATION_ERROR("calibrationError", Kind.CALIBRATION_ERROR, Slice.ALL),
    /** AUC over {@link Slice#COLD}. */
    AUC_COLD("aucCold", Kind.AUC, Slice.COLD),
    /** AUC over {@link Slice#WARM}. */
    AUC_WARM("aucWarm", Kind.AUC, Slice.WARM),
    /** AUC over {@link Slice#LONG_TAIL}: the long-tail column of the paper's Table 3. */
    AUC_LONG_TAIL("aucLongTail", Kind.AUC, Slice.LONG_TAIL),
    /** AUC over {@link Slice#HEAD}. */
    AUC_HEAD("aucHead", Kind.AUC, Slice.HEAD),
    /** AUC over {@link Slice#LONG_TAIL_PAIRS}. */
    AUC_LONG_TAIL_PAIRS("aucLongTailPairs", Kind.AUC, Slice.LONG_TAIL_PAIRS),
    /** AUC over {@link Slice#HEAD_PAIRS}. */
    AUC_HEAD_PAIRS("aucHeadPairs", Kind.AUC, Slice.HEAD_PAIRS),
    /** Mean AUC of users, weighted by {@link Gauc.Weighting#IMPRESSIONS}. */
    GAUC_BY_IMPRESSIONS("gaucByImpressions", Kind.GAUC_BY_IMPRESSIONS, Slice.ALL),
    /** Mean AUC of users, all with the same weight: {@link Gauc.Weighting#USERS}. */
    GAUC_BY_USERS("gaucByUsers", Kind.GAUC_BY_USERS, Slice.ALL),
    /** Mean AUC within impressions, all with the same weight. */
    AUC_WITHIN_IMPRESSIONS("aucWithinImpressions", Kind.AUC_WITHIN_IMPRESSIONS, Slice.ALL),
    /** Mean NDCG within impressions, over all places. */
    NDCG_WITHIN_IMPRESSIONS("ndcgWithinImpressions", Kind.NDCG_WITHIN_IMPRESSIONS, Slice.ALL),
    /** Mean reciprocal rank of the first positive within impressions. */
    MRR_WITHIN_IMPRESSIONS("mrrWithinImpressions", Kind.MRR_WITHIN_IMPRESSIONS, Slice.ALL),
    /** AUC over {@link Slice#NEW_USERS}. */
    AUC_NEW_USERS("aucNewUsers", Kind.AUC, Slice.NEW_USERS),
    /** AUC over {@link Slice#NEW_ITEMS}. */
    AUC_NEW_ITEMS("aucNewItems", Kind.AUC, Slice.NEW_ITEMS),
    /** AUC over {@link Slice#NEW_ITEM_PAIRS}. */
    AUC_NEW_ITEM_PAIRS("aucNewItemPairs", Kind.AUC, Slice.NEW_ITEM_PAIRS);

    private static final List<SampleMetric> SLICES = List.of(AUC, AUC_COLD, AUC_LONG_TAIL, AUC_LONG_TAIL_PAIRS);
    private static final List<SampleMetric> REPORTED =
            List.of(AUC, AUC_COLD, AUC_LONG_TAIL, AUC_LONG_TAIL_PAIRS, LOG_LOSS);
    private static final List<SampleMetric> COMPARED = Stream.concat(
                    REPORTED.stream(),
                    Stream.of(AUC_WITHIN_IMPRESSIONS, NDCG_WITHIN_IMPRESSIONS, MRR_WITHIN_IMPRESSIONS))
            .toList();

    private final String key;
    private final Kind kind;
    private final Slice slice;

    SampleMetric(String key, Kind kind, Slice slice) {
        this.key = key;
        this.kind = kind;
        this.slice = slice;
    }

    /** The formula. */
    public enum Kind {
        /** Pooled AUC. */
        AUC("AUC", true),
        /** Mean cross-entropy. */
        LOG_LOSS("Log loss", false),
        /** Expected calibration error. */
        CALIBRATION_ERROR("Calibration error", false),
        /** Mean AUC of users, weighted by their rows. */
        GAUC_BY_IMPRESSIONS("GAUC, by impressions", true),
        /** Mean AUC of users, unweighted. */
        GAUC_BY_USERS("GAUC, by users", true),
        /** Mean AUC of impressions. */
        AUC_WITHIN_IMPRESSIONS("AUC within impressions", true),
        /** Mean NDCG of impressions. */
        NDCG_WITHIN_IMPRESSIONS("NDCG within impressions", true),
        /** Mean reciprocal rank of the first positive of impressions. */
        MRR_WITHIN_IMPRESSIONS("MRR within impressions", true);

        private final String label;
        private final boolean higherIsBetter;

        Kind(String label, boolean higherIsBetter) {
            this.label = label;
            this.higherIsBetter = higherIsBetter;
        }

        private OptionalDouble measure(float[] logits, Samples samples, int[] rows) {
            return switch (this) {
                case AUC -> Auc.of(logits, samples, rows);
                case LOG_LOSS -> LogLoss.of(logits, samples, rows);
                case CALIBRATION_ERROR -> CalibrationError.of(logits, samples, CalibrationError.BINS);
                case GAUC_BY_IMPRESSIONS -> Gauc.of(logits, samples, rows, Gauc.Weighting.IMPRESSIONS);
                case GAUC_BY_USERS -> Gauc.of(logits, samples, rows, Gauc.Weighting.USERS);
                case AUC_WITHIN_IMPRESSIONS, NDCG_WITHIN_IMPRESSIONS, MRR_WITHIN_IMPRESSIONS -> {
                    double[] values = Arrays.stream(ofLists(logits, samples))
                            .filter(value -> !Double.isNaN(value))
                            .toArray();
                    yield values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Mean.of(values));
                }
            };
        }

        /** Whether it is a mean over impressions. */
        public boolean withinImpressions() {
            return this == AUC_WITHIN_IMPRESSIONS || this == NDCG_WITHIN_IMPRESSIONS || this == MRR_WITHIN_IMPRESSIONS;
        }

        /**
         * The value of each impression, NaN where it is not defined: {@code [lists]}; empty where none are known.
         *
         * @throws IllegalArgumentException if it is not a mean over impressions
         */
        public double[] ofLists(float[] logits, Samples samples) {
            return switch (this) {
                case AUC_WITHIN_IMPRESSIONS -> WithinLists.auc(logits, samples);
                case NDCG_WITHIN_IMPRESSIONS -> WithinLists.ndcg(logits, samples);
                case MRR_WITHIN_IMPRESSIONS -> WithinLists.reciprocalRank(logits, samples);
                default -> throw new IllegalArgumentException(this + " is not a mean over impressions");
            };
        }
    }

    /** AUC overall and on the sparse slices: what charts and headlines show. */
    public static List<SampleMetric> slices() {
        return SLICES;
    }

    /** The metrics of every report: {@link #slices} and log loss. Every run folder has them. */
    public static List<SampleMetric> reported() {
        return REPORTED;
    }

    /** What comparisons and tables of results test: {@link #reported}, and those within impressions where defined. */
    public static List<SampleMetric> compared() {
        return COMPARED;
    }

    /** The metric with a key. */
    public static Optional<SampleMetric> of(String key) {
        return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
    }

    /** All keys, for messages. */
    public static String keys() {
        return String.join(", ", Arrays.stream(values()).map(SampleMetric::key).toList());
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String label() {
        return slice == Slice.ALL
                ? kind.label
                : kind.label + ", " + slice.title().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean higherIsBetter() {
        return kind.higherIsBetter;
    }

    @Override
    public int decimals() {
        return 4;
    }

    /** The formula. */
    public Kind kind() {
        return kind;
    }

    /** The rows that count. */
    public Slice slice() {
        return slice;
    }

    /** Measures the rows of its slice. */
    Measurement measure(float[] logits, Samples samples, Slices slices) {
        int[] rows = slices.rows(slice, samples);
        if (kind.withinImpressions()) {
            return withinImpressions(logits, samples, rows);
        }
        int positives = 0;
        for (int row : rows) {
            positives += samples.label(row);
        }
        return new Measurement(kind.measure(logits, samples, rows), rows.length, positives);
    }

    /** Counts the impressions that have both classes, and their rows. */
    private Measurement withinImpressions(float[] logits, Samples samples, int[] rows) {
        double[] values = kind.ofLists(logits, samples);
        int counted = 0;
        int size = 0;
        int positives = 0;
        for (int list = 0; list < values.length; list++) {
            if (!Double.isNaN(values[list])) {
                counted++;
                for (int row = samples.lists().from(list); row < samples.lists().to(list); row++) {
                    size++;
                    positives += samples.label(row);
                }
            }
        }
        return new Measurement(kind.measure(logits, samples, rows), size, positives, counted);
    }
}
