// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import java.util.List;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;

/**
 * How much a user is likely to prefer an item by all that is known of the two: what a model says, what the teacher says,
 * and how popular the item is. P(i over j) = sigmoid(g(u, i) - g(u, j)), the model of Bradley and Terry (1952), with
 *
 * <p>g(u, i) = a s(u, i) + b p + c p^2 + d t + e t^2, where t = sLLM(u, i) and p = log(1 + popularity of i), counted
 * without the interactions compared.
 *
 * <p>The five weights are fitted to held-out interactions, so each is as large as its word is worth beside the others'.
 * The squares are what selects: the odds that the teacher is right grow faster than its score, which takes the weight off
 * pairs of middling scores, and what the model has learned of an item's popularity is trusted the less, the less the item
 * was seen. Without the teacher's terms it is what the model and popularity know by themselves.
 */
public final class Preference {
    private static final List<String> NAMES =
            List.of("model", "popularity", "popularity square", "teacher", "teacher square");

    /** The first features; the others are the teacher's. */
    private static final int WITHOUT_TEACHER = 3;

    /** Beyond this a sigmoid is 0 or 1 to six digits, and one row must not decide a fit. */
    private static final double MOST_LOGITS = 15;

    private final double[] logPopularity;

    /** Items of at most this log popularity are long-tail. */
    private final double mostOfTail;

    private final double[] weights;

    private Preference(double[] logPopularity, double mostOfTail, double[] weights) {
        this.logPopularity = logPopularity;
        this.mostOfTail = mostOfTail;
        this.weights = weights;
    }

    /**
     * Fits the weights to what held-out users took instead of what they could have taken.
     *
     * @param logits the model's, of the rows of the comparisons; it must not have seen the interactions compared
     * @param ridge weight of the penalty on the weights of standardized features, above 0
     * @param withTeacher whether the teacher's word counts
     */
    public static Preference fit(
            TrainingData data, Comparisons comparisons, float[] logits, double ridge, boolean withTeacher) {
        int features = withTeacher ? NAMES.size() : WITHOUT_TEACHER;
        Preference preference =
                new Preference(comparisons.logPopularity(data), mostOfTail(Popularity.of(data)), new double[features]);
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

    private static double mostOfTail(Popularity popularity) {
        return Arrays.stream(popularity.longTailItems())
                .mapToDouble(item -> StrictMath.log1p(popularity.positives(item)))
                .max()
                .orElse(-1);
    }

    /** Whether an item is as rarely seen as a long-tail item, the interactions compared left out. */
    public boolean longTail(int item) {
        return logPopularity[item] <= mostOfTail;
    }

    /** g(u, i), up to a constant of the user's. */
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

    /** The fitted weights, of the features as they are: those of the teacher's score and its square come last. */
    public double[] weights() {
        return weights.clone();
    }

    private double[] features(int item, float score, float logit) {
        double popularity = logPopularity[item];
        double[] all = {
            Math.max(-MOST_LOGITS, Math.min(MOST_LOGITS, logit)),
            popularity,
            popularity * popularity,
            score,
            (double) score * score
        };
        return Arrays.copyOf(all, weights.length);
    }
}
