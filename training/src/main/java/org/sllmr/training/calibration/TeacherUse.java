// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a teacher's scores are used: where they add to model and popularity on held-out interactions.
 *
 * @param overall what they add where they are used; where they are used nowhere, what they would add everywhere
 * @param strata each stratum that has held-out interactions
 */
public record TeacherUse(Evidence overall, List<StratumUse> strata) {
    /** Copies the list. */
    public TeacherUse {
        strata = List.copyOf(strata);
    }

    /**
     * What the scores add, by regressions that are fitted on four fifths of the held-out users and judged on the rest.
     *
     * @param users number of held-out users
     * @param gain mean over these users of what the scores add to the mean log-likelihood of a comparison, in nats
     * @param error standard error of that mean
     */
    public record Evidence(int users, double gain, double error) {
        /** The gain in standard errors; 0 if there is nothing to tell. */
        double z() {
            return error > 0 ? gain / error : 0;
        }
    }

    /**
     * One stratum.
     *
     * @param stratum the stratum
     * @param evidence what is lost if the scores are not used there, with the others as decided
     * @param used whether they are used there
     */
    public record StratumUse(Stratum stratum, Evidence evidence, boolean used) {}

    /** Whether the scores are used anywhere. */
    public boolean anywhere() {
        return strata.stream().anyMatch(StratumUse::used);
    }

    /** The strata that are used, and those without held-out interactions where the teacher is used everywhere else. */
    Set<Stratum> used() {
        EnumSet<Stratum> used = EnumSet.noneOf(Stratum.class);
        if (anywhere()) {
            used.addAll(EnumSet.allOf(Stratum.class));
            strata.stream().filter(part -> !part.used()).forEach(part -> used.remove(part.stratum()));
        }
        return used;
    }

    /** One sentence for people. */
    public String sentence() {
        if (!anywhere()) {
            return String.format(
                    Locale.ROOT,
                    "the teacher adds nothing on held-out interactions (%+.4f ± %.4f nats a comparison, %,d users):"
                            + " not used",
                    overall.gain(),
                    overall.error(),
                    overall.users());
        }
        List<String> unused = new ArrayList<>();
        strata.stream()
                .filter(part -> !part.used())
                .forEach(part -> unused.add(part.stratum().label()));
        String gain = String.format(
                Locale.ROOT,
                "the teacher adds %.4f ± %.4f nats a comparison on held-out interactions (%,d users)",
                overall.gain(),
                overall.error(),
                overall.users());
        return unused.isEmpty()
                ? gain
                : gain + "; not used for " + unused.stream().collect(Collectors.joining(", "))
                        + ", where it adds nothing";
    }
}
