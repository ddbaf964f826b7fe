// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherSpread;
import org.sllmr.training.signal.Signals;

/**
 * Features of an ordered pair (u, i, j): differences of the teacher's scores and of the model's logits, by context.
 *
 * <p>The context z holds 1, Cold(u), the mean of Tail and of q over both items, log(1 + length of history), and the
 * mean and absolute difference of log(1 + popularity): all symmetric in i and j. The features are dT z, dT2, dT /
 * spread, dM z and dP, where dT, dT2, dM and dP are the differences of teacher score, its square, model logit and log(1
 * + popularity), and the spread is the standard deviation of the teacher's scores of u. So every feature changes its
 * sign when i and j are swapped. The square is there because the odds that a teacher is right can grow faster than the
 * difference of its scores; the spread, because a small difference can be reliable where a user's scores are close
 * together.
 *
 * <p>Popularity is counted without the held-out interactions.
 */
final class PairFeatures {
    private static final List<String> CONTEXTS =
            List.of("", " cold", " tail", " uncertainty", " history", " popularity", " popularity gap");

    /** Names of the features: of the teacher's difference, of the model's, and of popularity's. */
    static final List<String> NAMES = names();

    /** Number of the teacher's features, which come first. */
    static final int TEACHER_FEATURES = CONTEXTS.size() + 2;

    /**
     * Differences are clipped here, where a sigmoid is 0 or 1 to four digits, so that no single row dominates a fit.
     */
    private static final double MAX_LOGITS = 10;

    private final double[] logPopularity;
    private final TeacherSpread spread;
    private final double[] context = new double[CONTEXTS.size()];

    PairFeatures(TrainingData data, Comparisons comparisons, TeacherSpread spread) {
        this.logPopularity = comparisons.logPopularity(data);
        this.spread = spread;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        CONTEXTS.forEach(context -> names.add("teacher" + context));
        names.add("teacher square");
        names.add("teacher relative");
        CONTEXTS.forEach(context -> names.add("model" + context));
        names.add("popularity difference");
        return List.copyOf(names);
    }

    /**
     * Writes the features of a pair.
     *
     * @param scores teacher score of each row
     * @param logits of each row
     * @param features written: {@code [NAMES.size()]}
     */
    void read(
            Instances rows,
            float[] scores,
            float[] logits,
            Signals signals,
            int preferred,
            int other,
            double[] features) {
        double first = logPopularity[rows.items()[preferred]];
        double second = logPopularity[rows.items()[other]];
        context[0] = 1;
        context[1] = signals.cold()[preferred];
        context[2] = (signals.tail()[preferred] + signals.tail()[other]) / 2.0;
        context[3] = (signals.uncertainty()[preferred] + signals.uncertainty()[other]) / 2.0;
        context[4] = StrictMath.log1p(rows.positions()[preferred]);
        context[5] = (first + second) / 2;
        context[6] = Math.abs(first - second);
        double teacher = (double) scores[preferred] - scores[other];
        double model = Math.max(-MAX_LOGITS, Math.min(MAX_LOGITS, (double) logits[preferred] - logits[other]));
        for (int index = 0; index < context.length; index++) {
            features[index] = teacher * context[index];
            features[TEACHER_FEATURES + index] = model * context[index];
        }
        features[context.length] = teacher * ((double) scores[preferred] + scores[other]);
        features[context.length + 1] = spread.relative(rows.users()[preferred], teacher);
        features[TEACHER_FEATURES + context.length] = first - second;
    }
}
