// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingResult.PartMetric;

/**
 * The evaluation of a run.
 *
 * @param run the run folder
 * @param bestEpoch the epoch whose weights were kept; 0 for those of the backbone alone
 * @param epochs number of epochs trained
 * @param validation metrics by name; null if undefined
 * @param test metrics by name; null if undefined
 * @param ranking the full ranking, or null
 * @param slices metrics of samples by part, of the chosen split; empty unless requested
 */
record EvaluationReport(
        String run,
        int bestEpoch,
        int epochs,
        Map<String, @Nullable Double> validation,
        Map<String, @Nullable Double> test,
        @Nullable RankingResult ranking,
        List<PartMetric> slices) {
    /** Adds optional results to the metrics of a run. */
    static EvaluationReport of(RunReport report, @Nullable RankingResult ranking, List<PartMetric> slices) {
        return new EvaluationReport(
                report.run(), report.bestEpoch(), report.epochs(), report.validation(), report.test(), ranking, slices);
    }

    void print(PrintStream out, int width) {
        new RunReport(run, bestEpoch, epochs, validation, test).print(out, width);
        RankingTables.printParts("Samples by part", slices, out, width);
        if (ranking != null) {
            out.println();
            RankingTables.print(ranking, out, width);
        }
    }
}
