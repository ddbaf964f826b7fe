// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import java.util.List;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.teacher.TeacherSpread;
import org.sllmr.training.signal.Signals;

/**
 * What the teacher's scores add to the model and popularity, by a pair's context: two logistic regressions of held-out
 * users' choices.
 *
 * <p>log P(i over j) / P(j over i) = a(z) dT + e dT2 + f dT / spread + b(z) dM + c dP, where dT, dT2, dM and dP are the
 * differences of teacher score, its square, model logit and log popularity, the spread is the standard deviation of the
 * teacher's scores of u, and a(z) and b(z) are linear in the context z ({@link PairFeatures}). P0 is the same without
 * the teacher's terms, fitted separately: if the teacher repeats the model, a and b share the weight in the first fit,
 * but P and P0 are equal.
 *
 * <p>Keeps a buffer; not thread-safe.
 */
public final class Reliability {
    /** Names of {@link #weights}. */
    public static final List<String> NAMES = PairFeatures.NAMES;

    private final Comparisons comparisons;
    private final PairFeatures pairs;
    private final double ridge;
    private final double[] features = new double[NAMES.size()];
    private double[] weights = new double[NAMES.size()];
    private double[] weightsWithoutTeacher = new double[NAMES.size() - PairFeatures.TEACHER_FEATURES];

    /**
     * Before the first fit every probability is 1/2, and the teacher adds nothing.
     *
     * @param spread of the teacher's scores
     * @param ridge weight of the penalty on the weights of standardized features, above 0
     */
    public Reliability(TrainingData data, Comparisons comparisons, TeacherSpread spread, double ridge) {
        this.comparisons = comparisons;
        this.pairs = new PairFeatures(data, comparisons, spread);
        this.ridge = ridge;
    }

    /**
     * Fits both regressions to the comparisons.
     *
     * @param logits of the rows of the comparisons
     * @param signals of the same rows
     */
    public void fit(float[] logits, Signals signals) {
        double[][] rows = new double[comparisons.size()][NAMES.size()];
        int next = 0;
        for (int row = 0; row < comparisons.taken().length; row++) {
            int taken = comparisons.taken()[row];
            if (taken != row) {
                pairs.read(comparisons.rows(), comparisons.scores(), logits, signals, taken, row, rows[next++]);
            }
        }
        weights = LogisticFit.fitStandardized(rows, ridge);
        double[][] rest = new double[rows.length][];
        for (int row = 0; row < rest.length; row++) {
            rest[row] = Arrays.copyOfRange(rows[row], PairFeatures.TEACHER_FEATURES, NAMES.size());
        }
        weightsWithoutTeacher = LogisticFit.fitStandardized(rest, ridge);
    }

    /** The weights of the unscaled features in the fit with the teacher, in the order of {@link #NAMES}. */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * P - P0 of two rows of one user: how much the teacher's scores raise the probability that the user prefers the
     * first; -1 to 1.
     *
     * @param rows guidance rows
     * @param scores teacher score of each
     * @param logits logit of each
     * @param signals signals of each
     */
    public double added(Instances rows, float[] scores, float[] logits, Signals signals, int preferred, int other) {
        pairs.read(rows, scores, logits, signals, preferred, other, features);
        double with = 0;
        double without = 0;
        for (int feature = 0; feature < features.length; feature++) {
            with += weights[feature] * features[feature];
            if (feature >= PairFeatures.TEACHER_FEATURES) {
                without += weightsWithoutTeacher[feature - PairFeatures.TEACHER_FEATURES] * features[feature];
            }
        }
        return Logistic.sigmoid(with) - Logistic.sigmoid(without);
    }
}
