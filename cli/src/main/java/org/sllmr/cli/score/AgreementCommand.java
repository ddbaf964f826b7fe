// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import static org.sllmr.cli.terminal.TableRows.count;
import static org.sllmr.cli.terminal.TableRows.decimal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.agreement.TeacherAgreement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the scores of two teachers. */
@Command(
        name = "agreement",
        description = {
            "Show how well two teachers agree on items that both scored.",
            "Only items of one user are compared with each other, so the two may use different scales.",
            "Example: sllmr score agreement beauty.scores beauty.openai.scores --data beauty"
        })
final class AgreementCommand extends ReportingCommand<AgreementCommand.Compared> {
    @Parameters(index = "0", paramLabel = "FIRST", description = "A file with scores.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "SECOND", description = "Another file with scores of the same dataset.")
    private Path second = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DATASET", description = "The dataset folder.")
    private Path dataset = Path.of("");

    /**
     * The result.
     *
     * @param first the first file
     * @param second the second file
     * @param agreement their agreement
     */
    public record Compared(String first, String second, TeacherAgreement agreement) {}

    /** A command that reports on the given terminal. */
    public AgreementCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Compared result() throws IOException {
        PathChecks.checkFile(first);
        PathChecks.checkFile(second);
        TrainingData data = Dataset.open(dataset).trainingData();
        return new Compared(
                first.toString(),
                second.toString(),
                TeacherAgreement.of(
                        TeacherTableFile.read(first, data).table(),
                        TeacherTableFile.read(second, data).table()));
    }

    @Override
    protected void print(Compared compared, PrintStream out) {
        TeacherAgreement agreement = compared.agreement();
        out.printf(
                Locale.ROOT,
                "%s: %,d scores%n%s: %,d scores%n%,d in common, of %,d users with two or more%n",
                compared.first(),
                agreement.scoresOfFirst(),
                compared.second(),
                agreement.scoresOfSecond(),
                agreement.common(),
                agreement.commonUsers());
        out.printf(
                Locale.ROOT,
                "mean over %,d users: Kendall's tau-b %s, Spearman's rho %s%n%n",
                agreement.kendallUsers(),
                decimal(agreement.kendall()),
                decimal(agreement.spearman()));
        TableRows table = new TableRows("gap of the first", "pairs", "tied by the second", "ordered alike");
        for (TeacherAgreement.Gap gap : agreement.gaps()) {
            OptionalDouble share = gap.agreement();
            table.row(
                    String.format(Locale.ROOT, "above %s to %s", gap.above(), gap.upTo()),
                    count(gap.pairs()),
                    count(gap.tied()),
                    share.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble()));
        }
        table.print(out, terminal().width());
    }
}
