// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 *
 * <p>A selective preference uses the teacher's terms only in those strata of items and users where held-out interactions
 * show that they add something ({@link TeacherUse}). Elsewhere mean values stand in for them.
 */
public final class Preference {
    private final PreferenceFeatures features;
    private final Set<Stratum> used;
    private final double[] weights;
    private final Optional<TeacherUse> use;

    private Preference(PreferenceFeatures features, Set<Stratum> used, double[] weights, Optional<TeacherUse> use) {
        this.features = features;
        this.used = used;
        this.weights = weights;
        this.use = use;
    }

    /**
     * Fits the weights on held-out users' choices.
     *
     * @param logits the model's logits of the comparisons' rows; it must not have been trained on the held-out
     *     interactions
     * @param ridge weight of the penalty on the weights of standardized features, above 0
     * @param terms which of the teacher's terms are features
     * @param newItems the popularity of items that are no training positive
     */
    public static Preference fit(
            TrainingData data,
            Comparisons comparisons,
            float[] logits,
            double ridge,
            TeacherTerms terms,
            NewItems newItems) {
        double[] logPopularity = comparisons.logPopularity(data, newItems);
        PreferenceFeatures features = new PreferenceFeatures(logPopularity, Strata.of(data, logPopularity));
        features.observe(comparisons);
        Optional<TeacherUse> use = terms == TeacherTerms.WHERE_THEY_ADD
                ? Optional.of(TeacherSelection.of(new CrossFit(comparisons, features, logits, ridge)))
                : Optional.empty();
        Set<Stratum> used = switch (terms) {
            case NONE -> Set.of();
            case EVERYWHERE -> EnumSet.allOf(Stratum.class);
            case WHERE_THEY_ADD -> use.orElseThrow().used();
        };
        int size = used.isEmpty() ? PreferenceFeatures.WITHOUT_TEACHER : PreferenceFeatures.NAMES.size();
        double[] weights = LogisticFit.fitStandardized(differences(comparisons, features, used, logits, size), ridge);
        return new Preference(features, used, weights, use);
    }

    /**
     * Features of each item taken minus those of an item it is compared with.
     *
     * @return {@code [comparisons][size]}
     */
    static double[][] differences(
            Comparisons comparisons, PreferenceFeatures features, Set<Stratum> used, float[] logits, int size) {
        double[][] rows = new double[comparisons.taken().length][size];
        for (int row = 0; row < rows.length; row++) {
            features.read(
                    used,
                    comparisons.rows().users()[row],
                    comparisons.rows().items()[row],
                    comparisons.scores()[row],
                    logits[row],
                    rows[row]);
        }
        double[][] differences = new double[comparisons.size()][size];
        int next = 0;
        for (int row = 0; row < rows.length; row++) {
            int taken = comparisons.taken()[row];
            if (taken != row) {
                for (int feature = 0; feature < size; feature++) {
                    differences[next][feature] = rows[taken][feature] - rows[row][feature];
                }
                next++;
            }
        }
        return differences;
    }

    /**
     * A preference with known weights that uses the teacher everywhere, such as that of a fit that was stored.
     *
     * @param weights of the features, in the order of {@link #names()}; without the teacher's or with them
     */
    public static Preference of(TrainingData data, double[] weights) {
        int without = PreferenceFeatures.WITHOUT_TEACHER;
        if (weights.length != PreferenceFeatures.NAMES.size() && weights.length != without) {
            throw new IllegalArgumentException(weights.length + " weights of " + PreferenceFeatures.NAMES);
        }
        Popularity popularity = Popularity.of(data);
        double[] logarithms = new double[popularity.positives().length];
        for (int item = 0; item < logarithms.length; item++) {
            logarithms[item] = StrictMath.log1p(popularity.positives(item));
        }
        return new Preference(
                new PreferenceFeatures(logarithms, Strata.of(data, logarithms)),
                weights.length == without ? Set.of() : EnumSet.allOf(Stratum.class),
                weights.clone(),
                Optional.empty());
    }

    /** Whether an item is as rare as a long-tail item, counted without the held-out interactions. */
    public boolean longTail(int item) {
        return features.longTail(item);
    }

    /** g(u, i), up to a constant for each user. */
    public double odds(int user, int item, float score, float logit) {
        double[] row = new double[weights.length];
        features.read(used, user, item, score, logit, row);
        double sum = 0;
        for (int feature = 0; feature < row.length; feature++) {
            sum += weights[feature] * row[feature];
        }
        return sum;
    }

    /** Names of {@link #weights}. */
    public List<String> names() {
        return PreferenceFeatures.NAMES.subList(0, weights.length);
    }

    /** The fitted weights of the unscaled features; those of the teacher's score and its square come last. */
    public double[] weights() {
        return weights.clone();
    }

    /** Where the teacher's scores are used, of a preference that was fitted selectively. */
    public Optional<TeacherUse> use() {
        return use;
    }
}
