// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.DelimitedFileOptions;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReadingProgress;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.llm.imported.ImportForm;
import org.sllmr.llm.imported.ImportSettings;
import org.sllmr.llm.imported.ImportedScores;
import org.sllmr.preparation.read.RowCondition;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports scores from a table. */
@Command(
        name = "import",
        description = {
            "Import scores, one in each row, from CSV, TSV, JSON lines or Parquet.",
            "A row without a score is a candidate that the teacher could not score.",
            "Or import ranks: --rank names their column, 1 is the best of a user's rows.",
            "Examples:",
            "  sllmr score import scores.csv --data beauty --out beauty.imported.scores",
            "  sllmr score import answers.csv --data beauty --rank place \\",
            "    --where 'model = my-model' --teacher my-model --out beauty.my-model.scores"
        })
final class ImportCommand extends ReportingCommand<TeacherReport> {
    @Parameters(paramLabel = "FILE", description = "The file with the scores.")
    private Path file = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DATASET", description = "The dataset folder.")
    private Path dataset = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "TEACHER", description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--user", paramLabel = "COLUMN", description = "Column of the user ids; default user_id.")
    private String user = "user_id";

    @Option(names = "--item", paramLabel = "COLUMN", description = "Column of the item ids; default item_id.")
    private String item = "item_id";

    @Option(names = "--score", paramLabel = "COLUMN", description = "Column of the scores, 0 to 1; default score.")
    private @Nullable String score;

    @Option(
            names = "--rank",
            paramLabel = "COLUMN",
            description = "Instead of --score: column of the ranks among a user's rows, from 1, the best; empty for"
                    + " what was left out.")
    private @Nullable String rank;

    @Option(
            names = "--unranked",
            paramLabel = "HOW",
            description = "What becomes of items without a rank: last (they share the places that are left; the"
                    + " default) or unscored.")
    private Unranked unranked = Unranked.LAST;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Take only rows that fulfil this condition, such as 'model = my-model'; may be repeated.")
    private List<String> where = List.of();

    @Option(names = "--teacher", paramLabel = "NAME", description = "Name of the teacher in results; default imported.")
    private String teacher = "imported";

    @Mixin
    private DelimitedFileOptions delimited = new DelimitedFileOptions();

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the columns, for a file whose first line is data.")
    private List<String> columns = List.of();

    @Option(names = "--skip-unknown", description = "Leave out rows with users or items that are not in the dataset.")
    private boolean skipUnknown;

    @Option(names = "--skip-taken", description = "Leave out rows with items that the user took in training.")
    private boolean skipTaken;

    @Option(
            names = "--calibration-only",
            description = "Take only rows of the calibration users of a dataset by folds, and nothing about the users"
                    + " who are tested or validated.")
    private boolean calibrationOnly;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "The plan of these scores, which contains the held-out users; default: no user is held out.")
    private @Nullable Path plan;

    @Option(names = "--replace", description = "Replace the file if it exists.")
    private boolean replace;

    /** What becomes of items without a rank. */
    private enum Unranked {
        LAST,
        UNSCORED
    }

    /** A command that reports on the given terminal. */
    public ImportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TeacherReport result() throws IOException, InterruptedException {
        if (score != null && rank != null) {
            throw new InvalidInputException("--rank", "is given beside --score; a file has one of the two");
        }
        List<RowCondition> conditions =
                where.stream().map(text -> RowCondition.parse("--where", text)).toList();
        PathChecks.checkFree(out, replace);
        PathChecks.checkFile(file);
        TrainingData data = Dataset.open(dataset).trainingData();
        Optional<CandidatePlan> asked = plan == null ? Optional.empty() : Optional.of(CandidatePlan.read(plan, data));
        TableFile table = delimited.file(file, columns);
        try (ReadingProgress reading = new ReadingProgress(terminal())) {
            TeacherTableFile scores = ImportedScores.read(
                    new ImportSettings(
                            table,
                            user,
                            item,
                            rank != null ? rank : score == null ? "score" : score,
                            form(),
                            conditions,
                            teacher,
                            skipUnknown,
                            skipTaken,
                            calibrationOnly,
                            asked),
                    data,
                    reading);
            PathChecks.write(out, () -> scores.write(out));
            return TeacherReport.of(out, scores, data);
        }
    }

    private ImportForm form() {
        return rank == null
                ? ImportForm.SCORES
                : unranked == Unranked.LAST ? ImportForm.RANKS_OTHERS_LAST : ImportForm.RANKS_ONLY;
    }

    @Override
    protected void print(TeacherReport report, PrintStream out) {
        report.print(out, terminal().width());
    }
}
