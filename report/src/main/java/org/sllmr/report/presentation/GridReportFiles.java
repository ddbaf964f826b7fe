// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.presentation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.WholeFile;
import org.sllmr.report.ReportPage;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.UserTestSource;
import org.sllmr.report.table.LatexFormat;
import org.sllmr.report.table.MarkdownFormat;
import org.sllmr.report.table.Table;
import org.sllmr.runs.execution.GridFolder;
import org.sllmr.runs.execution.RunOutcome;
import org.sllmr.runs.grid.GridOutline;

/**
 * The files of an experiment's report.
 *
 * @param page one self-contained HTML page
 * @param markdown all tables in Markdown
 * @param latex all tables in LaTeX
 */
public record GridReportFiles(Path page, Path markdown, Path latex) {
    /**
     * Writes the report of an experiment's folder into it.
     *
     * @param overUsers whether to test over users too, which draws many samples of users
     * @param listener receives the number of runs scored
     * @throws InvalidInputException if the folder holds no experiment, or none of its runs is complete
     */
    public static GridReportFiles write(Path folder, boolean overUsers, ProgressListener listener) {
        GridFolder grid = new GridFolder(folder);
        GridOutline outline = grid.outline();
        List<RunOutcome> outcomes = grid.outcomes(outline);
        GridUsers users = new GridUsers(grid, outline, outcomes, listener);
        GridResults results = new GridResults(outline, outcomes, overUsers ? users.tests() : UserTestSource.NONE);
        if (results.finished().isEmpty()) {
            throw new InvalidInputException(folder.toString(), "has no complete run yet; there is nothing to report");
        }
        GridReportFiles files = new GridReportFiles(
                folder.resolve("report.html"), folder.resolve("tables.md"), folder.resolve("tables.tex"));
        ResultTable comparison = results.comparison();
        List<Table> tables = GridTables.all(results, comparison);
        ReportPage.write(GridReport.of(results, comparison, List.copyOf(users.missing())), files.page());
        write(
                files.markdown(),
                tables.stream().map(new MarkdownFormat()::render).collect(Collectors.joining("\n")));
        write(files.latex(), tables.stream().map(new LatexFormat()::render).collect(Collectors.joining("\n")));
        return files;
    }

    private static void write(Path file, String text) {
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be written: " + Reason.of(e));
        }
    }
}
