// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.presentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.report.result.Result;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.Summary;
import org.sllmr.report.result.UserTestSource;
import org.sllmr.runs.execution.RunOutcome;
import org.sllmr.runs.execution.RunOutcome.Failed;
import org.sllmr.runs.execution.RunOutcome.Finished;
import org.sllmr.runs.grid.GridCell;
import org.sllmr.runs.grid.GridOutline;

/**
 * The results of a grid so far.
 *
 * @param outline names and labels of the grid
 * @param outcomes outcomes of the runs, in the grid's order
 * @param users source of tests over users, by dataset, backbone and framework
 */
record GridResults(GridOutline outline, List<RunOutcome> outcomes, UserTestSource users) {
    /** Results without tests over users. */
    public GridResults(GridOutline outline, List<RunOutcome> outcomes) {
        this(outline, outcomes, UserTestSource.NONE);
    }

    /** Copies the list. */
    public GridResults {
        outcomes = List.copyOf(outcomes);
    }

    /** The complete runs. */
    List<Finished> finished() {
        List<Finished> finished = new ArrayList<>();
        for (RunOutcome outcome : outcomes) {
            if (outcome instanceof Finished one) {
                finished.add(one);
            }
        }
        return finished;
    }

    List<Failed> failed() {
        List<Failed> failed = new ArrayList<>();
        for (RunOutcome outcome : outcomes) {
            if (outcome instanceof Failed one) {
                failed.add(one);
            }
        }
        return failed;
    }

    /** The complete runs of a cell, seeds ascending. */
    List<Finished> of(GridCell cell) {
        return finished().stream().filter(run -> run.cell().equals(cell)).toList();
    }

    /** Names of the datasets, backbones or frameworks with complete runs, in the grid's order. */
    List<String> data() {
        return outline.data().keySet().stream()
                .filter(name ->
                        finished().stream().anyMatch(run -> run.cell().data().equals(name)))
                .toList();
    }

    List<String> backbones() {
        return outline.backbones().keySet().stream()
                .filter(name -> finished().stream()
                        .anyMatch(run -> run.cell().backbone().equals(name)))
                .toList();
    }

    /** The baseline first. */
    List<String> frameworks() {
        List<String> frameworks = new ArrayList<>();
        for (String name : outline.frameworks().keySet()) {
            if (finished().stream().anyMatch(run -> run.cell().framework().equals(name))) {
                frameworks.add(name.equals(outline.baseline()) ? 0 : frameworks.size(), name);
            }
        }
        return frameworks;
    }

    /** Test values of a cell's metric, one for each seed for which it is defined. */
    double[] values(GridCell cell, SampleMetric metric) {
        return of(cell).stream()
                .map(run -> value(run, metric))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
    }

    static OptionalDouble value(Finished run, SampleMetric metric) {
        return run.contents().metrics().test().value(metric);
    }

    /** Mean and spread of a cell's metric; empty if it has no value. */
    Optional<Summary> summary(GridCell cell, SampleMetric metric) {
        double[] values = values(cell, metric);
        return values.length == 0 ? Optional.empty() : Optional.of(Summary.of(values));
    }

    /** The published number of a cell. */
    OptionalDouble published(GridCell cell, SampleMetric metric) {
        return outline.paper().map(numbers -> numbers.value(metric, cell)).orElse(OptionalDouble.empty());
    }

    /** Differences of the frameworks to the baseline, in cells where the baseline has run. */
    ResultTable comparison() {
        List<Result> results = new ArrayList<>();
        for (Finished run : finished()) {
            GridCell cell = run.cell();
            if (!of(new GridCell(cell.data(), cell.backbone(), outline.baseline()))
                    .isEmpty()) {
                results.add(new Result(
                        outline.frameworkLabel(cell.framework()),
                        outline.dataLabel(cell.data()),
                        outline.backboneLabel(cell.backbone()),
                        run.seed(),
                        run.contents().metrics().test()));
            }
        }
        return ResultTable.of(results, outline.frameworkLabel(outline.baseline()), SampleMetric.compared(), users);
    }

    /** Metrics with published numbers. */
    List<SampleMetric> publishedMetrics() {
        return outline.paper().stream()
                .flatMap(numbers -> numbers.metrics().stream())
                .toList();
    }
}
