// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.data.SplitOptions;
import org.sllmr.cli.data.TableOptions;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.data.file.FolderLock;
import org.sllmr.data.store.DatasetWriter;
import org.sllmr.data.store.Manifest;
import org.sllmr.preparation.PreparationSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a dataset folder on Spark. */
@Command(
        name = "prepare",
        description = {
            "Make a dataset from tables that Spark reads.",
            "For the same rows in the same order the folder has the bytes of 'sllmr data prepare'; in its manifest only"
                    + " the hashes of the sources are missing. Rows are divided by leave-one-out or by time."
        },
        sortOptions = false)
final class SparkPrepareCommand extends ReportingCommand<SparkPrepareCommand.Prepared> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TableOptions tables = new TableOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How Spark reads the tables: parquet, csv, json or orc (default: by the name), jdbc, another"
                    + " format of Spark's, or 'table' for names of tables in its catalog.")
    private @Nullable String format;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option of the format, such as url=jdbc:postgresql://host/shop or multiLine=true.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--order",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns that the interactions are sorted by where files do not settle their order; default:"
                    + " the time, then all others.")
    private List<String> order = List.of();

    @Mixin
    private SplitOptions split = new SplitOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The dataset folder to make.")
    private Path out = Path.of("");

    @Option(names = "--replace", description = "Replace a dataset that is in that folder.")
    private boolean replace;

    /**
     * The result.
     *
     * @param folder the dataset folder
     * @param name name of the dataset
     * @param hash its content hash
     * @param users number of users
     * @param items number of items
     * @param interactions number of interactions
     * @param itemsWithoutText number of items without text for the teacher
     * @param next the command that describes it
     */
    public record Prepared(
            String folder,
            String name,
            String hash,
            int users,
            int items,
            int interactions,
            int itemsWithoutText,
            String next) {}

    /** A command that reports on the given terminal. */
    SparkPrepareCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    @SuppressWarnings("try") // The lock is not used otherwise.
    protected Prepared result() throws IOException {
        if (tables.given().isEmpty() || !tables.fault().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    tables.given().isEmpty() ? "name what to prepare: --interactions PATH" : tables.fault());
        }
        SparkJobs.Preparing job = new SparkJobs.Preparing(
                settings(),
                location("--interactions")
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "on Spark one table has all interactions: name it by --interactions")),
                location("--items"),
                location("--users"),
                Optional.ofNullable(format),
                options,
                order,
                out,
                replace);
        DatasetWriter.checkFree(out, replace);
        try (Stages stages = new Stages(terminal());
                FolderLock lock = FolderLock.beside(out, "'spark prepare'")) {
            Manifest manifest = SparkJobs.find().prepare(job, stages);
            return new Prepared(
                    out.toString(),
                    manifest.name(),
                    manifest.contentHash(),
                    manifest.counts().users(),
                    manifest.counts().items(),
                    manifest.counts().interactions(),
                    manifest.counts().itemsWithoutText(),
                    ShellWords.join("sllmr", "data", "describe", out.toString()));
        }
    }

    private PreparationSettings settings() {
        String name = String.valueOf(out.toAbsolutePath().normalize().getFileName());
        PreparationSettings given = PreparationSettings.of(name, tables.sourcesElsewhere());
        SettingsReader<PreparationSettings> reader = SettingsReader.of(PreparationSettings.class, Variants.none())
                .text("options", SettingsWriter.of(Variants.none()).write(given));
        return split.names().in(reader.assignments(split.assignments())::read);
    }

    /** What was written after an option: a path of this machine would lose a slash of an address. */
    private Optional<String> location(String name) {
        var given = spec.commandLine().getParseResult().matchedOption(name);
        return given == null
                ? Optional.empty()
                : Optional.of(given.originalStringValues().get(0));
    }

    @Override
    protected void print(Prepared prepared, PrintStream to) {
        to.printf(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d interactions%n",
                prepared.folder(),
                prepared.users(),
                prepared.items(),
                prepared.interactions());
        to.println("Next: " + prepared.next());
    }
}
