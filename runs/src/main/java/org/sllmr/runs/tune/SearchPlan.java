// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.document.YamlReader;
import org.sllmr.data.Seed;
import org.sllmr.runs.Fingerprint;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunSettings;

/**
 * A search with all trials drawn and checked.
 *
 * @param settings what was declared
 * @param base the settings that trials start from
 * @param trials the trials
 */
public record SearchPlan(SearchSettings settings, RunSettings base, List<Trial> trials) {
    /** Copies the list. */
    public SearchPlan {
        trials = List.copyOf(trials);
    }

    /**
     * Draws the trials; the same search draws the same ones, and an added range does not change the other values.
     *
     * @param file the search's file
     * @param data the dataset folder, instead of the setting
     * @param teacher the teacher's scores, instead of the setting
     * @throws InvalidInputException with all problems of the base, the ranges and the drawn trials
     */
    public static SearchPlan read(Path file, Optional<Path> data, Optional<Path> teacher) {
        SearchSettings settings = SearchSettings.read(file);
        SettingsReader<RunSettings> reader = RunConfiguration.reader();
        if (settings.configuration().isPresent()) {
            reader = reader.file(file.resolveSibling(settings.configuration().get()));
        }
        RunSettings read = reader.assignments(assignments(settings.set())).read();
        RunSettings base = new RunSettings(
                data.or(read::data),
                teacher.or(read::teacher),
                read.seed(),
                read.model(),
                read.training(),
                read.guidance());
        List<Problem> problems = new ArrayList<>();
        if (!read.start().none()) {
            problems.add(new Problem(
                    file.toString(),
                    "has trials that start from another run (start.from or start.refit), which a search's cannot; remove"
                            + " that"));
        }
        if (settings.ranges().isEmpty()) {
            problems.add(new Problem(
                    file + ": ranges",
                    "must not be empty; name a setting, such as model.optimizer.learningRate, and its range"));
        }
        String text = RunConfiguration.write(base);
        settings.ranges().forEach((key, range) -> {
            for (String value : range.extremes()) {
                bind(file, text, Map.of(key, value), problems);
            }
        });
        List<Trial> trials = new ArrayList<>();
        Seed root = new Seed(settings.seed()).child("trials");
        for (int number = 1; number <= settings.trials() && problems.isEmpty(); number++) {
            Map<String, String> values = new LinkedHashMap<>();
            Seed own = root.child(number);
            settings.ranges()
                    .forEach((key, range) ->
                            values.put(key, range.draw(own.child(key).generator())));
            int trial = number;
            bind(file, text, values, problems).ifPresent(bound -> trials.add(new Trial(trial, values, bound)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems.stream().distinct().toList());
        }
        return new SearchPlan(settings, base, trials);
    }

    private static Optional<RunSettings> bind(
            Path file, String base, Map<String, String> values, List<Problem> problems) {
        try {
            return Optional.of(RunConfiguration.reader()
                    .text("base", base)
                    .assignments(assignments(values))
                    .read());
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                String where = problem.where();
                problems.add(new Problem(
                        file + ": ranges." + (where.startsWith("--set ") ? where.substring(6) : where),
                        problem.what()));
            }
            return Optional.empty();
        }
    }

    private static List<String> assignments(Map<String, String> values) {
        List<String> assignments = new ArrayList<>();
        values.forEach((key, value) -> assignments.add(key + "=" + value));
        return assignments;
    }

    /** The fingerprint of the search with these data and teacher's scores. */
    Fingerprint fingerprint(String dataHash, Optional<String> teacherHash) {
        SearchSettings declared = new SearchSettings(
                // Its contents count, not its path.
                Optional.empty(),
                settings.set(),
                settings.ranges(),
                settings.metric(),
                settings.trials(),
                settings.seeds(),
                settings.seed(),
                settings.method());
        return Fingerprint.of(base, dataHash, teacherHash)
                .with(
                        "search.",
                        YamlReader.document(
                                "search",
                                SettingsWriter.of(SearchSettings.VARIANTS).write(declared)));
    }
}
