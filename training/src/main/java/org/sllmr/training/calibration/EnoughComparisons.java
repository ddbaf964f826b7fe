// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Locale;
import java.util.Optional;
import org.sllmr.configuration.Problem;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;

/** Checks that a teacher's scores hold enough comparisons of held-out users to fit on. */
public final class EnoughComparisons {
    private static final int MIN = 100;
    /** The largest share that a plan can hold out. */
    private static final double MAX_SHARE = 0.5;
    /** The share to advise where nobody is held out. */
    private static final double USUAL_SHARE = 0.1;
    /** Of the share that would just do, because users are drawn. */
    private static final double MARGIN = 1.25;

    private EnoughComparisons() {}

    /**
     * What is wrong if there are too few.
     *
     * @param who what needs them, in messages
     */
    public static Optional<Problem> check(
            Comparisons comparisons, TrainingData data, TeacherTable teacher, String who) {
        int size = comparisons.size();
        return size >= MIN
                ? Optional.empty()
                : Optional.of(new Problem(
                        "teacher scores",
                        "hold " + size + " comparisons of held-out users with other items, and " + who
                                + " needs at least " + MIN + "; " + remedy(size, share(data, teacher))));
    }

    /** The remedy; the advised share is always above the present one. */
    private static String remedy(int size, double share) {
        if (share == 0) {
            return "plan with plan.heldOut.share above 0, such as " + USUAL_SHARE + ", and score again";
        }
        String now = String.format(Locale.ROOT, "%.0f %% of the users who could be are held out: ", 100 * share);
        double wanted = size == 0 ? 2 * share : share * MIN / size * MARGIN;
        double rounded = Math.max(Math.ceil(100 * wanted), Math.floor(100 * share) + 1) / 100;
        return rounded <= MAX_SHARE
                ? now + "plan with a larger plan.heldOut.share, such as " + rounded + ", and score again"
                : now + "plan with a larger plan.heldOut.share (at most " + MAX_SHARE
                        + ") or plan.heldOut.compared, or prepare more users, and score again";
    }

    /** The share of the users with at least two training interactions that are held out. */
    private static double share(TrainingData data, TeacherTable teacher) {
        InteractionLog log = data.log();
        int could = 0;
        int held = 0;
        for (int user = 0; user < teacher.users(); user++) {
            could += log.length(user) >= 2 ? 1 : 0;
            held += teacher.heldOut()[user] ? 1 : 0;
        }
        return held == 0 ? 0 : Math.min(1, held / (double) Math.max(1, could));
    }
}
