// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sllmr.data.numeric.Logistic;

/**
 * How well regressions that are fitted on the other users predict each held-out user's choices.
 *
 * <p>Users are dealt to five folds in turn. A set of strata is fitted once; its result is kept.
 */
final class CrossFit {
    private static final int FOLDS = 5;

    private final Comparisons comparisons;
    private final PreferenceFeatures features;
    private final float[] logits;
    private final double ridge;

    /** Number of each user in the order of the comparisons, from 0, by each compared row that is not of an item taken. */
    private final int[] userOf;

    private final int[] sizes;
    private final Map<Set<Stratum>, Judged> known = new HashMap<>();

    CrossFit(Comparisons comparisons, PreferenceFeatures features, float[] logits, double ridge) {
        this.comparisons = comparisons;
        this.features = features;
        this.logits = logits;
        this.ridge = ridge;
        Map<Integer, Integer> users = new LinkedHashMap<>();
        this.userOf = new int[comparisons.size()];
        int next = 0;
        for (int row = 0; row < comparisons.taken().length; row++) {
            if (comparisons.taken()[row] != row) {
                userOf[next++] = users.computeIfAbsent(comparisons.rows().users()[row], user -> users.size());
            }
        }
        this.sizes = new int[users.size()];
        for (int user : userOf) {
            sizes[user]++;
        }
    }

    /** Number of held-out users with comparisons. */
    int users() {
        return sizes.length;
    }

    /** Whether every fold can be judged by the others. */
    boolean possible() {
        return sizes.length >= FOLDS;
    }

    /** Share of the comparisons whose user or one of whose items is of a stratum. */
    double share(Stratum stratum) {
        int touched = 0;
        for (int row = 0; row < comparisons.taken().length; row++) {
            int taken = comparisons.taken()[row];
            if (taken != row
                    && features.touched(
                                    comparisons.rows().users()[row],
                                    comparisons.rows().items()[row],
                                    comparisons.rows().items()[taken])
                            .contains(stratum)) {
                touched++;
            }
        }
        return touched / (double) Math.max(1, userOf.length);
    }

    /**
     * What the regressions say of the users that they are not fitted on, on average over a user's comparisons.
     *
     * @param likelihood log-likelihood: {@code [users]}
     * @param concordance share of the comparisons in which the item taken has the higher odds, ties counted half: {@code
     *     [users]}
     */
    private record Judged(double[] likelihood, double[] concordance) {}

    /** What one set of strata adds to another, in mean log-likelihood. */
    TeacherUse.Evidence gain(Set<Stratum> with, Set<Stratum> without) {
        return difference(with, without, Judged::likelihood);
    }

    /** What one set of strata adds to another, in concordance. */
    TeacherUse.Evidence concordanceGain(Set<Stratum> with, Set<Stratum> without) {
        return difference(with, without, Judged::concordance);
    }

    /** Mean concordance. */
    double concordance(Set<Stratum> used) {
        double sum = 0;
        for (double one : judged(used).concordance()) {
            sum += one;
        }
        return sum / sizes.length;
    }

    private TeacherUse.Evidence difference(
            Set<Stratum> with, Set<Stratum> without, Function<Judged, double[]> measure) {
        double[] first = measure.apply(judged(with));
        double[] second = measure.apply(judged(without));
        double sum = 0;
        for (int user = 0; user < first.length; user++) {
            sum += first[user] - second[user];
        }
        double mean = sum / first.length;
        double squares = 0;
        for (int user = 0; user < first.length; user++) {
            double deviation = first[user] - second[user] - mean;
            squares += deviation * deviation;
        }
        return new TeacherUse.Evidence(
                first.length, mean, Math.sqrt(squares / Math.max(1, first.length - 1) / first.length));
    }

    /** Judges the strata in which the teacher's score counts; with none it is no feature. */
    private Judged judged(Set<Stratum> used) {
        return known.computeIfAbsent(Set.copyOf(used), this::judge);
    }

    private Judged judge(Set<Stratum> used) {
        double[][] differences = Preference.differences(
                comparisons,
                features,
                used,
                logits,
                used.isEmpty() ? PreferenceFeatures.WITHOUT_TEACHER : PreferenceFeatures.NAMES.size());
        double[] likelihood = new double[sizes.length];
        double[] concordance = new double[sizes.length];
        for (int fold = 0; fold < FOLDS; fold++) {
            double[] weights = LogisticFit.fitStandardized(outside(differences, fold), ridge);
            for (int row = 0; row < differences.length; row++) {
                int user = userOf[row];
                if (user % FOLDS == fold) {
                    double odds = 0;
                    for (int feature = 0; feature < weights.length; feature++) {
                        odds += weights[feature] * differences[row][feature];
                    }
                    likelihood[user] -= Logistic.softplus(-odds) / sizes[user];
                    concordance[user] += (odds > 0 ? 1 : odds < 0 ? 0 : 0.5) / sizes[user];
                }
            }
        }
        return new Judged(likelihood, concordance);
    }

    private double[][] outside(double[][] differences, int fold) {
        int count = 0;
        for (int user : userOf) {
            count += user % FOLDS == fold ? 0 : 1;
        }
        double[][] rows = new double[count][];
        int next = 0;
        for (int row = 0; row < differences.length; row++) {
            if (userOf[row] % FOLDS != fold) {
                rows[next++] = differences[row];
            }
        }
        return rows;
    }
}
