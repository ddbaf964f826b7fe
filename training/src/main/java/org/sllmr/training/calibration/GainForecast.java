// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/**
 * What a teacher can be expected to add to a model, before any is trained.
 *
 * <p>In place of the model stands what the other users took ({@code Neighbours}). The target of calibrated guidance is
 * fitted to it on held-out interactions, with the teacher and without, and judged on users that it was not fitted on.
 *
 * @param without concordance without the teacher: the share of comparisons in which the held-out item comes first, as a
 *     mean over users; within a user's comparisons it is the AUC
 * @param with the same with the teacher, where it is used
 * @param error standard error of the difference over users
 * @param use where the teacher would be used
 */
public record GainForecast(double without, double with, double error, TeacherUse use) {
    private static final int LEAST = 100;
    private static final int MOST_USERS = 5_000;
    private static final double RIDGE = 1;

    /**
     * The forecast.
     *
     * @return empty if the table holds too few comparisons of held-out users
     */
    public static Optional<GainForecast> of(TrainingData data, TeacherTable teacher) {
        Comparisons comparisons = Comparisons.of(data, teacher).ofUsers(MOST_USERS);
        if (comparisons.size() < LEAST) {
            return Optional.empty();
        }
        float[] logits = new Neighbours(data, teacher.heldOut()).score(comparisons.rows());
        double[] logPopularity = comparisons.logPopularity(data);
        PreferenceFeatures features = new PreferenceFeatures(logPopularity, Strata.of(data, logPopularity));
        features.observe(comparisons);
        CrossFit fit = new CrossFit(comparisons, features, logits, RIDGE);
        if (!fit.possible()) {
            return Optional.empty();
        }
        TeacherUse use = TeacherSelection.of(fit);
        Set<Stratum> used = use.used();
        Set<Stratum> none = EnumSet.noneOf(Stratum.class);
        return Optional.of(new GainForecast(
                fit.concordance(none),
                fit.concordance(used),
                fit.concordanceGain(used, none).error(),
                use));
    }

    /** What the teacher adds to the concordance. */
    public double gain() {
        return with - without;
    }
}
