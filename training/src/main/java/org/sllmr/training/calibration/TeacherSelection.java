// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides on held-out interactions where a teacher's scores are used.
 *
 * <p>It begins with all strata and takes out, one at a time, the stratum whose scores add least. How much they add there
 * is the gain of the fit with them over the fit without, judged on other users than those fitted. A stratum's own
 * interactions may be few. So the gain of all strata is its prior: the scores are expected to add in a stratum what they
 * add elsewhere, give or take as much again, until its interactions say otherwise. A stratum stays if the probability
 * that its scores add something is above three quarters. What is left is used if it adds something over no scores at all
 * at a level of 5 %, one-sided.
 */
final class TeacherSelection {
    /** The normal quantile of three quarters. */
    private static final double STAYS = 0.674;

    /** The normal quantile of 95 %. */
    private static final double PROVED = 1.645;

    private final CrossFit fit;
    private final EnumSet<Stratum> used = EnumSet.noneOf(Stratum.class);
    private final Map<Stratum, TeacherUse.Evidence> evidence = new EnumMap<>(Stratum.class);

    private TeacherSelection(CrossFit fit) {
        this.fit = fit;
        for (Stratum stratum : Stratum.values()) {
            if (fit.share(stratum) > 0) {
                used.add(stratum);
            }
        }
    }

    static TeacherUse of(CrossFit fit) {
        return new TeacherSelection(fit).select();
    }

    private TeacherUse select() {
        List<Stratum> all = List.copyOf(used);
        EnumSet<Stratum> nothing = EnumSet.noneOf(Stratum.class);
        TeacherUse.Evidence everywhere = fit.possible() ? fit.gain(used, nothing) : new TeacherUse.Evidence(0, 0, 0);
        if (!fit.possible()) {
            used.clear();
        }
        Stratum least = least();
        while (least != null) {
            used.remove(least);
            least = least();
        }
        TeacherUse.Evidence left = usable() ? fit.gain(used, nothing) : everywhere;
        boolean proved = usable() && left.z() >= PROVED;
        List<TeacherUse.StratumUse> strata = new ArrayList<>();
        for (Stratum stratum : all) {
            strata.add(new TeacherUse.StratumUse(
                    stratum, evidence.getOrDefault(stratum, everywhere), proved && used.contains(stratum)));
        }
        return new TeacherUse(proved ? left : everywhere, strata);
    }

    /** Whether there are items and users left in whose comparisons the teacher counts. */
    private boolean usable() {
        return used.stream().anyMatch(Stratum::ofItems) && used.stream().anyMatch(stratum -> !stratum.ofItems());
    }

    /** The stratum to take out next; null if all that are left add something. */
    private @Nullable Stratum least() {
        if (!usable()) {
            return null;
        }
        double overall = fit.gain(used, EnumSet.noneOf(Stratum.class)).gain();
        Stratum least = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (Stratum stratum : List.copyOf(used)) {
            EnumSet<Stratum> rest = EnumSet.copyOf(used);
            rest.remove(stratum);
            TeacherUse.Evidence adds = fit.gain(used, counted(rest));
            evidence.put(stratum, adds);
            double sure = sure(adds, fit.share(stratum) * overall);
            if (sure < lowest) {
                lowest = sure;
                least = stratum;
            }
        }
        return lowest < STAYS ? least : null;
    }

    /** Without items or without users nothing of the teacher counts. */
    private static EnumSet<Stratum> counted(EnumSet<Stratum> strata) {
        boolean items = strata.stream().anyMatch(Stratum::ofItems);
        boolean users = strata.stream().anyMatch(stratum -> !stratum.ofItems());
        return items && users ? strata : EnumSet.noneOf(Stratum.class);
    }

    /**
     * Mean over standard deviation of the gain, after its interactions were seen.
     *
     * @param expected mean and standard deviation of the gain before; without a gain elsewhere there is no such prior
     */
    private static double sure(TeacherUse.Evidence evidence, double expected) {
        if (expected <= 0) {
            return evidence.z();
        }
        if (evidence.error() == 0) {
            return 1;
        }
        double precision = 1 / (evidence.error() * evidence.error());
        return (evidence.gain() * precision + 1 / expected) / Math.sqrt(precision + 1 / (expected * expected));
    }
}
