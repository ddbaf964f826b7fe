// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a control teacher without information by shuffling a teacher's scores. */
@Command(
        name = "shuffle",
        description = {
            "Shuffle each user's scores: a control teacher with the same scores but without information.",
            "Gains from training with it do not come from the teacher's knowledge.",
            "Example: sllmr score shuffle beauty.scores --seed 1 --out beauty.shuffled.scores"
        })
final class ShuffleCommand extends ReportingCommand<TeacherReport> {
    @Parameters(paramLabel = "TEACHER", description = "The file with the scores.")
    private Path file = Path.of("");

    @Option(names = "--seed", paramLabel = "SEED", description = "Seed of the order; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--replace", description = "Replace the file if it exists.")
    private boolean replace;

    /** A command that reports on the given terminal. */
    public ShuffleCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TeacherReport result() throws IOException {
        PathChecks.checkFree(out, replace);
        PathChecks.checkFile(file);
        TeacherTableFile shuffled = TeacherTableFile.read(file).shuffled(new Seed(seed));
        PathChecks.write(out, () -> shuffled.write(out));
        return TeacherReport.of(out, shuffled);
    }

    @Override
    protected void print(TeacherReport report, PrintStream out) {
        report.print(out, terminal().width());
    }
}
