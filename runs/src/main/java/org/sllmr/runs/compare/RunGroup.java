// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunSettings;

/**
 * Runs of one configuration under different seeds.
 *
 * @param name what sets its configuration apart from the others
 * @param bySeed the runs by seed, rising
 */
public record RunGroup(String name, TreeMap<Long, RunFolder> bySeed) {
    /**
     * Groups runs by their configuration apart from seed and dataset folder, in the order in which they are first named.
     *
     * @throws InvalidInputException if runs are of different data, if two of one configuration have one seed, or if there is
     *     one configuration only
     */
    public static List<RunGroup> of(List<RunFolder> runs) {
        List<Problem> problems = new ArrayList<>();
        Map<RunSettings, TreeMap<Long, RunFolder>> groups = new LinkedHashMap<>();
        RunFolder first = runs.get(0);
        for (RunFolder run : runs) {
            if (!hash(run).equals(hash(first))) {
                problems.add(new Problem(
                        run.path().toString(),
                        "is of dataset '" + run.contents().provenance().dataName() + "' (" + hash(run) + "), "
                                + first.path() + " of '"
                                + first.contents().provenance().dataName() + "' ("
                                + hash(first) + "); compare runs of one dataset"));
            }
            RunSettings settings = settings(run);
            RunFolder other = groups.computeIfAbsent(apartFromSeed(settings), key -> new TreeMap<>())
                    .putIfAbsent(settings.seed(), run);
            if (other != null) {
                problems.add(new Problem(
                        run.path().toString(),
                        "has the configuration and the seed " + settings.seed() + " of " + other.path()
                                + "; leave one out"));
            }
        }
        if (problems.isEmpty() && groups.size() < 2) {
            problems.add(new Problem(
                    "the runs",
                    "are all of one configuration; name runs of another one, which are compared with the first"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        List<String> names = MethodNames.of(List.copyOf(groups.keySet()));
        List<RunGroup> named = new ArrayList<>();
        int i = 0;
        for (TreeMap<Long, RunFolder> bySeed : groups.values()) {
            String name = names.get(i++);
            boolean unique = names.stream().filter(name::equals).count() == 1;
            named.add(new RunGroup(
                    unique ? name : name + " (" + bySeed.firstEntry().getValue().path() + ")", bySeed));
        }
        return named;
    }

    /** The settings that a run was made with. */
    static RunSettings settings(RunFolder run) {
        return RunConfiguration.read(run.path().toString(), run.contents().configuration());
    }

    private static RunSettings apartFromSeed(RunSettings settings) {
        return settings.withSeed(0).on(Path.of(""), settings.teacher());
    }

    private static String hash(RunFolder run) {
        return run.contents().provenance().dataHash();
    }

    /** The seeds that this group shares with another one, rising; empty if they share none. */
    Optional<List<Long>> sharedSeeds(RunGroup other) {
        List<Long> shared =
                bySeed.keySet().stream().filter(other.bySeed::containsKey).toList();
        return shared.isEmpty() ? Optional.empty() : Optional.of(shared);
    }
}
