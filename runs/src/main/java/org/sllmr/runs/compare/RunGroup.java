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
 * @param name how its configuration differs from the others
 * @param bySeed the runs by seed, ascending
 */
public record RunGroup(String name, TreeMap<Long, RunFolder> bySeed) {
    /**
     * Groups runs with the same configuration except seed, dataset folder and the run that each goes on from, in the order of their first runs.
     *
     * @throws InvalidInputException if runs are not judged, if they are of different data, if two of one configuration have the same seed, or
     *     if there is only one configuration
     */
    public static List<RunGroup> of(List<RunFolder> runs) {
        List<Problem> problems = new ArrayList<>();
        Map<Method, TreeMap<Long, RunFolder>> groups = new LinkedHashMap<>();
        RunFolder first = runs.get(0);
        for (RunFolder run : runs) {
            try {
                run.requireJudged("and cannot be compared");
            } catch (InvalidInputException unjudged) {
                problems.addAll(unjudged.problems());
            }
            if (!hash(run).equals(hash(first))) {
                problems.add(new Problem(
                        run.path().toString(),
                        "is of dataset '" + run.contents().provenance().dataName() + "' (" + hash(run) + "), "
                                + first.path() + " of '"
                                + first.contents().provenance().dataName() + "' ("
                                + hash(first) + "); compare runs of one dataset"));
            }
            RunSettings settings = settings(run);
            RunFolder other = groups.computeIfAbsent(
                            new Method(apartFromSeed(settings), Method.blend(run)), key -> new TreeMap<>())
                    .putIfAbsent(settings.seed(), run);
            if (other != null) {
                problems.add(new Problem(
                        run.path().toString(),
                        "has the same configuration and seed " + settings.seed() + " as " + other.path()
                                + "; leave one out"));
            }
        }
        if (problems.isEmpty() && groups.size() < 2) {
            problems.add(
                    new Problem("the runs", "all have one configuration; name runs of another one to compare with"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        List<String> names = Method.names(List.copyOf(groups.keySet()));
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

    /** The settings of a run. */
    static RunSettings settings(RunFolder run) {
        return RunConfiguration.read(run.path().toString(), run.contents().configuration());
    }

    private static RunSettings apartFromSeed(RunSettings settings) {
        // Each seed may go on from a run of its own.
        return settings.withSeed(0)
                .on(Path.of(""), settings.teacher())
                .withStart(settings.start().fromAnywhere());
    }

    private static String hash(RunFolder run) {
        return run.contents().provenance().dataHash();
    }

    /** The seeds that this group shares with another one, ascending; empty if they share none. */
    Optional<List<Long>> sharedSeeds(RunGroup other) {
        List<Long> shared =
                bySeed.keySet().stream().filter(other.bySeed::containsKey).toList();
        return shared.isEmpty() ? Optional.empty() : Optional.of(shared);
    }
}
