// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.grid;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * A grid as its file declares it: every dataset with every backbone, framework and seed.
 *
 * <p>Names of entries, which are also folder names, consist of lower-case letters, digits and hyphens.
 *
 * @param title title of the experiment
 * @param data the datasets by name, at least one
 * @param backbones the backbones by name, at least one
 * @param frameworks the frameworks by name, at least one
 * @param seeds the seeds, at least one
 * @param baseline name of the framework that the others are compared with; default: the first one
 * @param overrides settings of single cells, in the order in which they apply
 * @param paper a file with published numbers to show beside the results, relative to the grid's folder
 */
public record GridSettings(
        String title,
        Map<String, DataEntry> data,
        Map<String, BackboneEntry> backbones,
        Map<String, FrameworkEntry> frameworks,
        List<Long> seeds,
        Optional<String> baseline,
        List<OverrideEntry> overrides,
        Optional<Path> paper) {
    private static final String NAME = "[a-z0-9][a-z0-9-]*";

    /** Copies, and checks names and numbers of entries. */
    public GridSettings {
        data = copy(data);
        backbones = copy(backbones);
        frameworks = copy(frameworks);
        seeds = List.copyOf(seeds);
        overrides = List.copyOf(overrides);
        Checks checks = new Checks();
        check(checks, "data", data);
        check(checks, "backbones", backbones);
        check(checks, "frameworks", frameworks);
        checks.require(!seeds.isEmpty(), "seeds", "must not be empty; list at least one, such as [1, 2, 3]")
                .require(new LinkedHashSet<>(seeds).size() == seeds.size(), "seeds", "contain a seed twice: " + seeds)
                .require(
                        baseline.isEmpty() || frameworks.containsKey(baseline.get()),
                        "baseline",
                        "is '" + baseline.orElse("") + "', allowed is one of the frameworks: "
                                + String.join(", ", frameworks.keySet()));
        for (int index = 0; index < overrides.size(); index++) {
            OverrideEntry override = overrides.get(index);
            known(checks, index, "data", override.data(), data);
            known(checks, index, "backbone", override.backbone(), backbones);
            known(checks, index, "framework", override.framework(), frameworks);
            checks.require(!override.set().isEmpty(), "overrides[" + index + "].set", "must not be empty");
        }
        checks.done();
    }

    private static <T> Map<String, T> copy(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private static void check(Checks checks, String component, Map<String, ?> entries) {
        checks.require(!entries.isEmpty(), component, "must not be empty");
        for (String name : entries.keySet()) {
            checks.require(
                    name.matches(NAME),
                    component + "." + name,
                    "is not a valid name; allowed are lower-case letters, digits and hyphens");
        }
    }

    private static void known(
            Checks checks, int index, String dimension, Optional<String> name, Map<String, ?> entries) {
        checks.require(
                name.isEmpty() || entries.containsKey(name.get()),
                "overrides[" + index + "]." + dimension,
                "is '" + name.orElse("") + "', allowed is one of " + String.join(", ", entries.keySet()));
    }

    /** Five seeds; the file must declare data, backbones and frameworks. */
    public static GridSettings defaults() {
        return new GridSettings(
                "Experiment",
                Map.of("data", DataEntry.defaults()),
                Map.of("backbone", BackboneEntry.defaults()),
                Map.of("none", FrameworkEntry.defaults()),
                List.of(1L, 2L, 3L, 4L, 5L),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
