// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.util.Locale;
import java.util.stream.Collectors;
import org.sllmr.cli.command.ConstantName;
import org.sllmr.teacher.audit.TeacherVerdict;
import org.sllmr.teacher.audit.TeacherVerdict.Comparison;
import org.sllmr.training.calibration.GainForecast;

/** The conclusion from a teacher's audit for training, in one or two sentences. */
final class VerdictText {
    private static final String COMPARE =
            " Compare a run with --teacher and --set guidance=calibrated-pairwise, which weights its scores by their"
                    + " reliability, with one without a teacher, slice by slice.";

    private VerdictText() {}

    static String of(TeacherVerdict verdict) {
        return switch (verdict.standing()) {
            case INVERTED ->
                "The teacher ranks in reverse (AUC " + alone(verdict.all()) + ", chance is .5). Check whether its"
                        + " high scores mean a bad match; do not train with it.";
            case NO_BETTER_THAN_CHANCE ->
                "The teacher is not distinguishable from chance (AUC " + alone(verdict.all()) + ", chance is .5):"
                        + " expect no gain overall." + parts(verdict);
            case WORSE_THAN_POPULARITY ->
                "The teacher alone ranks worse than popularity (" + beside(verdict.all())
                        + "): expect little overall, and harm from guidance that does not weight its scores."
                        + parts(verdict) + COMPARE;
            case AS_GOOD_AS_POPULARITY ->
                "The teacher alone ranks about as well as popularity (" + beside(verdict.all())
                        + "): a gain is possible where they differ." + parts(verdict) + COMPARE;
            case BETTER_THAN_POPULARITY ->
                "The teacher alone ranks better than popularity (" + beside(verdict.all())
                        + "): a gain can be expected, most for items where popularity says"
                        + " little." + parts(verdict) + COMPARE;
        };
    }

    /** What can be expected of guidance. */
    static String of(GainForecast forecast) {
        return String.format(
                Locale.ROOT,
                "Forecast: on held-out interactions, what the other users took and popularity put the item taken first in"
                        + " %.1f %% of the comparisons; with the teacher in %.1f %% (%+.1f ± %.1f). In training, %s.",
                100 * forecast.without(),
                100 * forecast.with(),
                100 * forecast.gain(),
                100 * 1.96 * forecast.error(),
                forecast.use().sentence());
    }

    private static String parts(TeacherVerdict verdict) {
        if (verdict.betterIn().isEmpty()) {
            return " It is significantly better than popularity in no slice.";
        }
        return verdict.betterIn().stream()
                .map(part -> String.format(
                        Locale.ROOT,
                        "%s (%.3f beside %.3f)",
                        ConstantName.of(part.slice().name()),
                        part.teacher(),
                        part.popularity()))
                .collect(Collectors.joining(", ", " It is better than popularity in: ", "."));
    }

    private static String alone(Comparison one) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", one.teacher(), one.teacherError());
    }

    private static String beside(Comparison one) {
        return String.format(
                Locale.ROOT,
                "AUC %.3f beside %.3f, difference %+.3f ± %.3f",
                one.teacher(),
                one.popularity(),
                one.difference(),
                one.differenceError());
    }
}
