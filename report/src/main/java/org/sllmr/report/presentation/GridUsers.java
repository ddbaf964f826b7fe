// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.presentation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.report.result.StoredModelTests;
import org.sllmr.report.result.UserTestSource;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.compare.UserTests;
import org.sllmr.runs.execution.GridFolder;
import org.sllmr.runs.execution.RunOutcome;
import org.sllmr.runs.grid.GridCell;
import org.sllmr.runs.grid.GridOutline;
import org.sllmr.runs.ranking.Split;

/** Tests over users with the models of a grid; they need the datasets at the paths of the runs. */
final class GridUsers {
    private final GridFolder grid;
    private final GridOutline outline;
    private final List<RunOutcome> outcomes;
    private final ProgressListener listener;
    private final Map<String, Optional<UserTests>> byData = new LinkedHashMap<>();
    private final Set<String> missing = new LinkedHashSet<>();

    GridUsers(GridFolder grid, GridOutline outline, List<RunOutcome> outcomes, ProgressListener listener) {
        this.grid = grid;
        this.outline = outline;
        this.outcomes = outcomes;
        this.listener = listener;
    }

    /** Tests over users of the whole grid. */
    UserTestSource tests() {
        return new StoredModelTests(outline.frameworkLabel(outline.baseline()), this::tests, this::run);
    }

    /** What could not be tested over users so far, and why. */
    Set<String> missing() {
        return missing;
    }

    private Optional<UserTests> tests(String dataLabel) {
        return byData.computeIfAbsent(dataLabel, this::open);
    }

    private Optional<UserTests> open(String dataLabel) {
        String data = name(outline.data(), dataLabel);
        try {
            Path folder = outcomes.stream()
                    .filter(outcome -> outcome instanceof RunOutcome.Finished
                            && outcome.cell().data().equals(data))
                    .findFirst()
                    .flatMap(outcome -> RunConfiguration.read(
                                    outcome.name(),
                                    ((RunOutcome.Finished) outcome).contents().configuration())
                            .data())
                    .orElseThrow(() -> new InvalidInputException("its dataset folder", "is unknown"));
            return Optional.of(new UserTests(Dataset.open(folder), Split.TEST, listener));
        } catch (InvalidInputException e) {
            missing.add(dataLabel + " is not tested over users: " + e.getMessage());
            return Optional.empty();
        }
    }

    private RunFolder run(String dataLabel, String backboneLabel, String frameworkLabel, long seed) {
        GridCell cell = new GridCell(
                name(outline.data(), dataLabel),
                name(outline.backbones(), backboneLabel),
                name(outline.frameworks(), frameworkLabel));
        return outcomes.stream()
                .filter(outcome -> outcome.cell().equals(cell) && outcome.seed() == seed)
                .filter(RunOutcome.Finished.class::isInstance)
                .map(outcome -> new RunFolder(grid.run(cell, seed), ((RunOutcome.Finished) outcome).contents()))
                .findFirst()
                .orElseThrow();
    }

    private static String name(Map<String, String> labels, String label) {
        return labels.entrySet().stream()
                .filter(entry -> entry.getValue().equals(label))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(label);
    }
}
