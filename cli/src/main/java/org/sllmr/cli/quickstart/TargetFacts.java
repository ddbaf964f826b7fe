// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sllmr.cli.quickstart.QuickstartReport.MethodRun;
import org.sllmr.report.Block.Fact;
import org.sllmr.runs.GuidanceEpoch;

/** The weights of a calibrated target, as comparable odds ratios. */
final class TargetFacts {
    private static final double LOW = 0.6;
    private static final double HIGH = 0.9;

    private TargetFacts() {}

    /** A fact for each term; empty if no run had such a target. */
    static List<Fact> of(List<MethodRun> runs) {
        List<Map<String, Double>> fitted = runs.stream()
                .flatMap(run -> run.folder().contents().guidance().stream().limit(1))
                .map(GuidanceEpoch::weights)
                .filter(weights -> weights.containsKey("model") && weights.containsKey("popularity square"))
                .toList();
        if (fitted.isEmpty()) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("Backbone's logit higher by 1", fitted, weights -> weight(weights, "model")));
        facts.add(fact(
                "Seen 10 times instead of never",
                fitted,
                weights -> Math.log(11) * weight(weights, "popularity")
                        + Math.pow(Math.log(11), 2) * weight(weights, "popularity square")));
        facts.add(fact(
                String.format(Locale.ROOT, "Teacher's score %.1f instead of %.1f", HIGH, LOW),
                fitted,
                weights -> (HIGH - LOW) * weight(weights, "teacher")
                        + (HIGH * HIGH - LOW * LOW) * weight(weights, "teacher square")));
        return facts;
    }

    private interface LogOdds {
        double of(Map<String, Double> weights);
    }

    private static double weight(Map<String, Double> weights, String name) {
        return weights.getOrDefault(name, 0.0);
    }

    private static Fact fact(String name, List<Map<String, Double>> fitted, LogOdds logOdds) {
        double[] odds = fitted.stream()
                .mapToDouble(weights -> Math.exp(logOdds.of(weights)))
                .sorted()
                .toArray();
        return new Fact(name, String.format(Locale.ROOT, "odds times %.2f to %.2f", odds[0], odds[odds.length - 1]));
    }
}
