// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.data.DatasetCommand;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.SourceSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a dataset folder on Spark. */
@Command(
        name = "prepare",
        description = {
            "Make a dataset from tables that Spark reads.",
            "For the same rows in the same order the folder has the bytes of 'sllmr data prepare'; in its manifest only"
                    + " the hashes of the sources are missing. Rows are divided by leave-one-out or by time."
        },
        sortOptions = false)
final class SparkPrepareCommand extends DatasetCommand {
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

    /** A command that reports on the given terminal. */
    SparkPrepareCommand(Terminal terminal) {
        super(terminal, "spark prepare");
    }

    @Override
    protected void checkUsage() {
        if (tables().given().isEmpty()) {
            throw wrongUsage("name what to prepare: --interactions PATH");
        } else if (!tables().fault().isEmpty()) {
            throw wrongUsage(tables().fault());
        } else if (location("--interactions").isEmpty()) {
            throw wrongUsage("on Spark one table has all interactions: name it by --interactions");
        }
    }

    @Override
    protected SourceSettings sources() {
        return tables().sourcesElsewhere();
    }

    @Override
    protected Made make(PreparationSettings settings, Path folder, boolean replaced) throws IOException {
        SparkJobs.Preparing job = new SparkJobs.Preparing(
                settings,
                location("--interactions").orElseThrow(),
                location("--items"),
                location("--users"),
                Optional.ofNullable(format),
                options,
                order,
                folder,
                replaced);
        try (Stages stages = new Stages(terminal())) {
            return new Made(SparkJobs.find().prepare(job, stages), Optional.empty(), List.of());
        }
    }

    /** What was written after an option: a path of this machine would lose a slash of an address. */
    private Optional<String> location(String name) {
        var given = spec().commandLine().getParseResult().matchedOption(name);
        return given == null
                ? Optional.empty()
                : Optional.of(given.originalStringValues().get(0));
    }
}
