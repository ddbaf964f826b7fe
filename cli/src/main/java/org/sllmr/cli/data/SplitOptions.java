// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.OptionNames;
import org.sllmr.preparation.PartKind;
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

    @Option(
            names = "--users-sample",
            paramLabel = "N",
            description = "Take N users, drawn at random, with all of their rows.")
    private @Nullable Integer usersSample;

    @Option(
            names = "--split",
            paramLabel = "KIND",
            description = "leave-one-out (the default), time (the default where rows have labels), files (the default"
                    + " with --train), users, or folds (the default with --candidates).")
    private @Nullable PartKind kind;

    @Option(
            names = "--validation-from",
            paramLabel = "INSTANT",
            description = "First instant of the validation part, such as 2014-07-23; default: where the last tenth but"
                    + " one of the rows begins.")
    private @Nullable String validationFrom;

    @Option(
            names = "--test-from",
            paramLabel = "INSTANT",
            description = "First instant of the test part; default: where the last tenth of the rows begins.")
    private @Nullable String testFrom;

    @Option(
            names = "--folds",
            paramLabel = "N",
            description = "By folds: into how many parts the users are divided; default 5.")
    private @Nullable Integer folds;

    @Option(names = "--fold", paramLabel = "K", description = "By folds: which part is tested, 1 to N; default 1.")
    private @Nullable Integer fold;

    @Option(
            names = "--negatives",
            paramLabel = "N",
            description = "Negatives drawn for each positive; default 1, and 0 where rows have labels.")
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
    public List<String> assignments() {
        List<String> all = new ArrayList<>();
        add(all, "split.core", core);
        add(all, "split.dropShortUsers", dropShortUsers ? true : null);
        add(all, "split.dropRepeats", dropRepeats ? true : null);
        add(all, "split.usersSample", usersSample);
        add(all, "split.parts.by", kind);
        add(all, "split.parts.validationFrom", quoted(validationFrom));
        add(all, "split.parts.testFrom", quoted(testFrom));
        add(all, "split.parts.folds", folds);
        add(all, "split.parts.fold", fold);
        add(all, "split.negatives", negatives);
        add(all, "split.seed", seed);
        // Quoted, because a name may look like another type.
        add(all, "name", quoted(name));
        all.addAll(assignments);
        return all;
    }

    /** The options used, for error messages. */
    public OptionNames names() {
        Map<String, String> names = new HashMap<>();
        name(names, "split.core", "--core", core);
        name(names, "split.usersSample", "--users-sample", usersSample);
        name(names, "split.parts.by", "--split", kind);
        name(names, "split.parts.validationFrom", "--validation-from", validationFrom);
        name(names, "split.parts.testFrom", "--test-from", testFrom);
        name(names, "split.parts.folds", "--folds", folds);
        name(names, "split.parts.fold", "--fold", fold);
        name(names, "split.negatives", "--negatives", negatives);
        name(names, "name", "--name", name);
        return new OptionNames(names);
    }

    private static @Nullable String quoted(@Nullable String text) {
        return text == null ? null : "'" + text.replace("'", "''") + "'";
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
