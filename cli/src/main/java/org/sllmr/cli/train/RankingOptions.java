// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.OptionNames;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;
import picocli.CommandLine.Option;

/** The options of a full ranking. */
public final class RankingOptions {
    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "The split for ranking and slices: test (default) or validation.")
    private Split split = Split.TEST;

    @Option(names = "--users", paramLabel = "N", description = "Rank a sample of users only.")
    private @Nullable Integer users;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Seed of the sample of users and the intervals;" + " default 1.")
    private long seed = 1;

    @Option(names = "--k", paramLabel = "K,..", split = ",", description = "Cut-offs of the ranking metrics: 5,10,20.")
    private @Nullable List<Integer> cutoffs;

    @Option(names = "--slices", description = "Also evaluate parts of users and items separately.")
    private boolean slices;

    /** The settings; what is wrong with them is told by the names of the options. */
    public RankingSettings settings() {
        return new OptionNames(Map.of("users", "--users", "k", "--k", "k.size", "--k"))
                .in(() -> new RankingSettings(
                        split,
                        users == null ? OptionalInt.empty() : OptionalInt.of(users),
                        cutoffs == null ? RankingSettings.defaults().cutoffs() : cutoffs,
                        seed,
                        slices));
    }

    boolean namesUsers() {
        return users != null;
    }

    boolean namesCutoffs() {
        return cutoffs != null;
    }
}
