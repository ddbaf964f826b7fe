// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.RequestRules;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.serve.RuleOptions;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recommends to many users on Spark. */
@Command(
        name = "recommend",
        description = {
            "Recommend with a bundle to many users, on Spark.",
            "The result is a folder of Parquet files with the columns of 'sllmr recommend --out FILE.parquet', and with the"
                    + " same scores."
        })
final class SparkRecommendCommand extends ReportingCommand<SparkRecommendCommand.Report> {
    @Parameters(
            paramLabel = "BUNDLE",
            description = "The bundle: a folder or a zip file, also in a file system of the cluster.")
    private String bundle = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "The folder for the recommendations; it must not exist.")
    private String out = "";

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "The users: a text file with one id a line, or a table if the name ends with .parquet;"
                    + " default is all users whose ids the bundle holds.")
    private @Nullable String users;

    @Option(names = "--user", paramLabel = "COLUMN", description = "The table's column of users' ids; default user.")
    private String userColumn = "user";

    @Option(
            names = "--history",
            paramLabel = "COLUMN",
            description = "The table's column of histories: arrays of items' ids, the oldest first;"
                    + " default is the histories of the bundle.")
    private @Nullable String historyColumn;

    @Mixin
    private final RuleOptions options = new RuleOptions();

    /**
     * What was recommended.
     *
     * @param folder the folder of the result
     * @param users number of users
     */
    public record Report(String folder, long users) {}

    /** A command that reports on the given terminal. */
    SparkRecommendCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Report result() throws IOException {
        RequestRules rules = options.rules();
        if (historyColumn != null && users == null) {
            throw new InvalidInputException("--history", "is a column of the table of users; give --users");
        }
        SparkJobs.Recommending job = new SparkJobs.Recommending(
                bundle, Optional.ofNullable(users), userColumn, Optional.ofNullable(historyColumn), rules, out);
        try (Stages stages = new Stages(terminal())) {
            return new Report(out, SparkJobs.find().recommend(job, stages));
        }
    }

    @Override
    protected void print(Report report, PrintStream to) {
        to.printf(Locale.ROOT, "%s: recommendations of %,d users%n", report.folder(), report.users());
    }
}
