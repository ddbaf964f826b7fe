// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Instances;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherSpread;
import org.sllmr.training.signal.Signals;

/**
 * What is known of an ordered pair (u, i, j): what the teacher and the model say of it, and where it lies.
 *
 * <p>z holds 1, Cold(u), the mean of Tail and of q over both items, log(1 + length of history), the mean of log(1 +
 * popularity) and its absolute difference: none changes when i and j change places. The features are dT z, dT2, dT / spread,
 * dM z and dP, where dT, dT2, dM and dP are the differences of teacher score, its square, model logit and log(1 +
 * popularity), and the spread is that of the teacher's scores of u; so every feature changes its sign when i and j change
 * places. The square is there because the odds that a teacher is right can grow faster than the difference of its scores,
 * and the spread because a small difference can be sure where a user's scores lie close together.
 *
 * <p>Popularity is counted without the interactions that are compared.
 */
final class PairFeatures {
    private static final List<String> PLACES =
            List.of("", " cold", " tail", " uncertainty", " history", " popularity", " popularity gap");

    /** Names of the features: those of the teacher's difference, of the model's, and the popularity difference. */
    static final List<String> NAMES = names();

    /** The first features are the teacher's; those from here on can be told without it. */
    static final int WITHOUT_TEACHER = PLACES.size() + 2;

    /** Beyond this a sigmoid is 0 or 1 to four digits, and one row must not decide a fit. */
    private static final double MOST_LOGITS = 10;

    private final double[] logPopularity;
    private final TeacherSpread spread;
    private final double[] places = new double[PLACES.size()];

    PairFeatures(TrainingData data, Comparisons comparisons, TeacherSpread spread) {
        this.logPopularity = comparisons.logPopularity(data);
        this.spread = spread;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        PLACES.forEach(place -> names.add("teacher" + place));
        names.add("teacher square");
        names.add("teacher relative");
        PLACES.forEach(place -> names.add("model" + place));
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
        places[0] = 1;
        places[1] = signals.cold()[preferred];
        places[2] = (signals.tail()[preferred] + signals.tail()[other]) / 2.0;
        places[3] = (signals.uncertainty()[preferred] + signals.uncertainty()[other]) / 2.0;
        places[4] = StrictMath.log1p(rows.positions()[preferred]);
        places[5] = (first + second) / 2;
        places[6] = Math.abs(first - second);
        double teacher = (double) scores[preferred] - scores[other];
        double model = Math.max(-MOST_LOGITS, Math.min(MOST_LOGITS, (double) logits[preferred] - logits[other]));
        for (int place = 0; place < places.length; place++) {
            features[place] = teacher * places[place];
            features[WITHOUT_TEACHER + place] = model * places[place];
        }
        features[places.length] = teacher * ((double) scores[preferred] + scores[other]);
        features[places.length + 1] = spread.relative(rows.users()[preferred], teacher);
        features[WITHOUT_TEACHER + places.length] = first - second;
    }
}
