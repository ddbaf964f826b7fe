// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import java.util.List;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;

/**
 * The probability that a user prefers one item to another, from the model's logits, the teacher's scores and
 * popularity: P(i over j) = sigmoid(g(u, i) - g(u, j)), the model of Bradley and Terry (1952), with
 *
 * <p>g(u, i) = a s(u, i) + b p + c p^2 + d t + e t^2, where t = sLLM(u, i) and p = log(1 + popularity of i), counted
 * without the held-out interactions.
 *
 * <p>The five weights are fitted on held-out interactions, so each feature counts as much as it adds to the others. The
 * squares make guidance selective: the odds that the teacher is right grow faster than its score, so pairs of middling
 * scores count little; and the model's estimate of an item's popularity counts less, the rarer the item. Without the
 * teacher's terms, the preference is that of model and popularity.
 */
public final class Preference {
    private static final List<String> NAMES =
            List.of("model", "popularity", "popularity square", "teacher", "teacher square");

    /** Number of features without the teacher's, which come last. */
    private static final int WITHOUT_TEACHER = 3;

    /** Logits are clipped here, where a sigmoid is 0 or 1 to six digits, so that no single row dominates a fit. */
    private static final double MAX_LOGITS = 15;

    private final double[] logPopularity;

    /** Items up to this log popularity are long-tail. */
    private final double tailThreshold;

    private final double[] weights;

    private Preference(double[] logPopularity, double tailThreshold, double[] weights) {
        this.logPopularity = logPopularity;
        this.tailThreshold = tailThreshold;
        this.weights = weights;
    }

    /**
     * Fits the weights on held-out users' choices.
     *
     * @param logits the model's logits of the comparisons' rows; it must not have been trained on the held-out
     *     interactions
     * @param ridge weight of the penalty on the weights of standardized features, above 0
     * @param withTeacher whether the teacher's scores are features
     */
    public static Preference fit(
            TrainingData data, Comparisons comparisons, float[] logits, double ridge, boolean withTeacher) {
        int features = withTeacher ? NAMES.size() : WITHOUT_TEACHER;
        Preference preference = new Preference(
                comparisons.logPopularity(data), tailThreshold(Popularity.of(data)), new double[features]);
        double[][] rows = new double[comparisons.taken().length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = preference.features(
                    comparisons.rows().items()[row], comparisons.scores()[row], logits[row]);
        }
        double[][] differences = new double[comparisons.size()][features];
        int next = 0;
        for (int row = 0; row < rows.length; row++) {
            int taken = comparisons.taken()[row];
            if (taken != row) {
                for (int feature = 0; feature < features; feature++) {
                    differences[next][feature] = rows[taken][feature] - rows[row][feature];
                }
                next++;
            }
        }
        double[] fitted = LogisticFit.fitStandardized(differences, ridge);
        System.arraycopy(fitted, 0, preference.weights, 0, features);
        return preference;
    }

    /**
     * A preference with known weights, such as those of a fit that was stored.
     *
     * @param weights of the features, in the order of {@link #names()}; without the teacher's or with them
     */
    public static Preference of(TrainingData data, double[] weights) {
        if (weights.length != NAMES.size() && weights.length != WITHOUT_TEACHER) {
            throw new IllegalArgumentException(weights.length + " weights of " + NAMES);
        }
        Popularity popularity = Popularity.of(data);
        double[] logarithms = new double[popularity.positives().length];
        for (int item = 0; item < logarithms.length; item++) {
            logarithms[item] = StrictMath.log1p(popularity.positives(item));
        }
        return new Preference(logarithms, tailThreshold(popularity), weights.clone());
    }

    private static double tailThreshold(Popularity popularity) {
        return Arrays.stream(popularity.longTailItems())
                .mapToDouble(item -> StrictMath.log1p(popularity.positives(item)))
                .max()
                .orElse(-1);
    }

    /** Whether an item is as rare as a long-tail item, counted without the held-out interactions. */
    public boolean longTail(int item) {
        return logPopularity[item] <= tailThreshold;
    }

    /** g(u, i), up to a constant for each user. */
    public double odds(int item, float score, float logit) {
        double[] features = features(item, score, logit);
        double sum = 0;
        for (int feature = 0; feature < features.length; feature++) {
            sum += weights[feature] * features[feature];
        }
        return sum;
    }

    /** Names of {@link #weights}. */
    public List<String> names() {
        return NAMES.subList(0, weights.length);
    }

    /** The fitted weights of the unscaled features; those of the teacher's score and its square come last. */
    public double[] weights() {
        return weights.clone();
    }

    private double[] features(int item, float score, float logit) {
        double popularity = logPopularity[item];
        double[] all = {
            Math.max(-MAX_LOGITS, Math.min(MAX_LOGITS, logit)),
            popularity,
            popularity * popularity,
            score,
            (double) score * score
        };
        return Arrays.copyOf(all, weights.length);
    }
}
