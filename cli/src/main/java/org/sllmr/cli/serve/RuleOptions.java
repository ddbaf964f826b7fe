// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.RequestRules;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import picocli.CommandLine.Option;

/** Options for how many items are recommended, and which. */
public final class RuleOptions {
    @Option(names = "--k", paramLabel = "K", description = "Number of recommendations; default 10.")
    private int k = Request.DEFAULT_K;

    @Option(names = "--seen", description = "Recommend items of the history too.")
    private boolean seen;

    @Option(
            names = "--allow",
            paramLabel = "FIELD=VALUE",
            description =
                    "Recommend only items with this value of a field, or with another one that is named so; may be"
                            + " repeated.")
    private List<String> allow = List.of();

    @Option(
            names = "--deny",
            paramLabel = "FIELD=VALUE",
            description = "Recommend no item with this value of a field; may be repeated.")
    private List<String> deny = List.of();

    @Option(
            names = "--share",
            paramLabel = "FIELD=SHARE",
            description =
                    "The largest share of the recommendations that one value of a field may have, above 0 up to 1,"
                            + " such as brand=0.4; may be repeated.")
    private List<String> shares = List.of();

    /**
     * The rules.
     *
     * @throws InvalidInputException naming every option that is wrong; whether the fields exist the bundle knows
     */
    public RequestRules rules() {
        List<Problem> problems = new ArrayList<>();
        if (k < 1 || k > Recommender.MOST) {
            problems.add(new Problem("--k", "is " + k + ", allowed is 1 to " + Recommender.MOST));
        }
        Map<String, Set<String>> allowed = values("--allow", allow, problems);
        Map<String, Set<String>> denied = values("--deny", deny, problems);
        Map<String, Double> largest = new HashMap<>();
        values("--share", shares, problems).forEach((field, texts) -> {
            for (String text : texts) {
                Double share = number(text);
                if (share == null || !(share > 0 && share <= 1) || largest.put(field, share) != null) {
                    problems.add(new Problem(
                            "--share",
                            "is '" + field + "=" + text + "', allowed is one number above 0 up to 1 a field"));
                }
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new RequestRules(k, seen, allowed, denied, largest);
    }

    private static @Nullable Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Map<String, Set<String>> values(String option, List<String> given, List<Problem> problems) {
        Map<String, Set<String>> values = new HashMap<>();
        for (String one : given) {
            int at = one.indexOf('=');
            if (at < 1) {
                problems.add(new Problem(option, "is '" + one + "', allowed is a field, =, and what holds for it"));
            } else {
                values.computeIfAbsent(one.substring(0, at), field -> new HashSet<>())
                        .add(one.substring(at + 1));
            }
        }
        return values;
    }
}
