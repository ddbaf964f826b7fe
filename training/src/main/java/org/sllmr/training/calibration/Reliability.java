// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.training.signal.Signals;

/**
 * How much the teacher's word counts beside the model's, by where a pair lies: a logistic regression of who is right.
 *
 * <p>log P(i over j) / P(j over i) = a(z) dT + b(z) dM + c dP, where dT, dM and dP are the differences of teacher score,
 * model logit and log popularity, and a(z) and b(z) are linear in features z that do not change when i and j change
 * places. It is fitted to what held-out users took instead of what they could have taken.
 */
public final class Reliability {
    private static final List<String> PLACES =
            List.of("", " cold", " tail", " uncertainty", " history", " popularity", " popularity gap");

    /** Names of the weights: those of the teacher's difference, of the model's, and of the popularity difference. */
    public static final List<String> NAMES = names();

    private static final double MOST_LOGITS = 10;

    private final InteractionLog log;
    private final double[] logPopularity;
    private final double ridge;
    private double[] weights = new double[NAMES.size()];
    private double[] scales = new double[NAMES.size()];

    /** Nothing is fitted yet: every log-odds is 0. */
    public Reliability(TrainingData data, double ridge) {
        this.log = data.log();
        int[] positives = Popularity.of(data).positives();
        this.logPopularity = new double[positives.length];
        for (int item = 0; item < positives.length; item++) {
            logPopularity[item] = Math.log(1 + positives[item]);
        }
        this.ridge = ridge;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String side : List.of("teacher", "model")) {
            for (String place : PLACES) {
                names.add(side + place);
            }
        }
        names.add("popularity difference");
        return List.copyOf(names);
    }

    /**
     * Fits the weights.
     *
     * @param logits of the rows of the comparisons
     * @param signals of the same rows
     */
    public void fit(Comparisons comparisons, float[] logits, Signals signals) {
        double[][] rows = new double[comparisons.size()][];
        int next = 0;
        for (int row = 0; row < comparisons.taken().length; row++) {
            int taken = comparisons.taken()[row];
            if (taken != row) {
                rows[next++] = features(comparisons.rows(), comparisons.scores(), logits, signals, taken, row);
            }
        }
        scales = scales(rows);
        for (double[] row : rows) {
            for (int feature = 0; feature < row.length; feature++) {
                row[feature] *= scales[feature];
            }
        }
        weights = LogisticFit.fit(rows, NAMES.size(), ridge);
        for (int feature = 0; feature < weights.length; feature++) {
            weights[feature] *= scales[feature];
        }
    }

    /** The fitted weights, of the features as they are, in the order of {@link #NAMES}. */
    public double[] weights() {
        return weights.clone();
    }

    /** log P(i over j) / P(j over i) of two rows of one user. */
    public double logOdds(Instances rows, float[] scores, float[] logits, Signals signals, int preferred, int other) {
        double[] features = features(rows, scores, logits, signals, preferred, other);
        double sum = 0;
        for (int feature = 0; feature < features.length; feature++) {
            sum += weights[feature] * features[feature];
        }
        return sum;
    }

    private double[] features(
            Instances rows, float[] scores, float[] logits, Signals signals, int preferred, int other) {
        double first = logPopularity[rows.items()[preferred]];
        double second = logPopularity[rows.items()[other]];
        double[] places = {
            1,
            signals.cold()[preferred],
            (signals.tail()[preferred] + signals.tail()[other]) / 2.0,
            (signals.uncertainty()[preferred] + signals.uncertainty()[other]) / 2.0,
            Math.log(1 + rows.positions()[preferred]),
            (first + second) / 2,
            Math.abs(first - second)
        };
        double teacher = (double) scores[preferred] - scores[other];
        double model = Math.max(-MOST_LOGITS, Math.min(MOST_LOGITS, (double) logits[preferred] - logits[other]));
        double[] features = new double[NAMES.size()];
        for (int place = 0; place < places.length; place++) {
            features[place] = teacher * places[place];
            features[places.length + place] = model * places[place];
        }
        features[2 * places.length] = first - second;
        return features;
    }

    /** One over the root mean square of each feature: the penalty then weighs all alike. */
    private static double[] scales(double[][] rows) {
        double[] scales = new double[NAMES.size()];
        for (int feature = 0; feature < scales.length; feature++) {
            double squares = 0;
            for (double[] row : rows) {
                squares += row[feature] * row[feature];
            }
            scales[feature] = squares > 0 ? 1 / Math.sqrt(squares / rows.length) : 0;
        }
        return scales;
    }
}
