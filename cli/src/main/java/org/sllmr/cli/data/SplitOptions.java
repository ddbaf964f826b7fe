// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.OptionNames;
import picocli.CommandLine.Option;

/** Short options for settings of the split. */
final class SplitOptions {
    @Option(
            names = "--core",
            paramLabel = "K",
            description = "Keep the K-core, in which users and items have K interactions or more.")
    private @Nullable Integer core;

    @Option(names = "--drop-short-users", description = "Leave out users with fewer than 3 interactions.")
    private boolean dropShortUsers;

    @Option(
            names = "--drop-repeats",
            description = "Leave out interactions with the user, item and time of an earlier one.")
    private boolean dropRepeats;

    @Option(names = "--negatives", paramLabel = "N", description = "Negatives of each positive; default 1.")
    private @Nullable Integer negatives;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the negatives; default 42.")
    private @Nullable Long seed;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the dataset; default: that of the folder.")
    private @Nullable String name;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any setting, such as split.unknownItems=drop or split.requireText=true.")
    private List<String> assignments = new ArrayList<>();

    /** All options as assignments of settings; {@code --set} comes last and takes precedence. */
    List<String> assignments() {
        List<String> all = new ArrayList<>();
        add(all, "split.core", core);
        add(all, "split.dropShortUsers", dropShortUsers ? true : null);
        add(all, "split.dropRepeats", dropRepeats ? true : null);
        add(all, "split.negatives", negatives);
        add(all, "split.seed", seed);
        // Quoted, because a name may look like another type.
        add(all, "name", name == null ? null : "'" + name.replace("'", "''") + "'");
        all.addAll(assignments);
        return all;
    }

    /** The options used, for error messages. */
    OptionNames names() {
        Map<String, String> names = new HashMap<>();
        name(names, "split.core", "--core", core);
        name(names, "split.negatives", "--negatives", negatives);
        name(names, "name", "--name", name);
        return new OptionNames(names);
    }

    private static void add(List<String> all, String key, @Nullable Object value) {
        if (value != null) {
            all.add(key + "=" + value);
        }
    }

    private void name(Map<String, String> names, String key, String option, @Nullable Object value) {
        if (value != null && assignments.stream().noneMatch(one -> one.startsWith(key + "="))) {
            names.put("--set " + key, option);
        }
    }
}
