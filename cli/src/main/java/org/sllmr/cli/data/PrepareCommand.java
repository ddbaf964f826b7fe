// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReadingProgress;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.data.describe.Repeats;
import org.sllmr.data.store.Dataset;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.SourceSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a dataset folder from raw files. */
@Command(
        name = "prepare",
        description = "Make a dataset from raw files: filter, order, split, draw negatives.",
        sortOptions = false,
        customSynopsis = {
            "Usage: sllmr data prepare --interactions FILE --user COLUMN --item COLUMN",
            "                          (--time COLUMN | --position COLUMN) [OPTIONS]",
            "                          --out DIR",
            "   or: sllmr data prepare --train FILE --test FILE --candidates FILE --fold K [OPTIONS]",
            "                          --out DIR",
            "   or: sllmr data prepare --amazon REVIEWS META [OPTIONS] --out DIR",
            "   or: sllmr data prepare --config FILE [OPTIONS] --out DIR"
        },
        synopsisHeading = "",
        footer = {
            "",
            "Example:",
            "  sllmr data prepare --interactions clicks.csv --user user --item product \\",
            "    --time time --time-format iso --items products.csv --item-field brand \\",
            "    'genres:|' --item-text title --core 5 --out shop",
            "",
            "A FIELD is COLUMN, or COLUMN:SEPARATOR for several values in a row. The separator is",
            "literal text," + " or a regular expression if it is between slashes (/[|,]/) or contains",
            "a backslash.",
            "",
            "The last interaction of a user becomes test, the one before validation. The",
            "keys of a YAML file and of --set are those in the manifest of a dataset;",
            "paths are relative to the working folder."
        })
final class PrepareCommand extends DatasetCommand {
    @Option(
            names = "--amazon",
            arity = "2",
            paramLabel = "FILE",
            description =
                    "The original files of the Amazon Reviews 2014 data: reviews_*_5.json.gz and" + " meta_*.json.gz.")
    private @Nullable List<Path> amazon;

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with all settings.")
    private @Nullable Path config;

    /** A command that reports on the given terminal. */
    public PrepareCommand(Terminal terminal) {
        super(terminal, "data prepare");
    }

    @Override
    protected Made make(PreparationSettings settings, Path folder, boolean replaced) {
        Dataset dataset;
        ReadingProgress reading = new ReadingProgress(terminal());
        try (reading) {
            dataset = Preparation.run(settings, folder, replaced, reading);
        }
        Repeats repeats = Repeats.of(dataset);
        if (repeats.interactions() > 0) {
            boolean droppable = !dataset.trainingData().training().labelled();
            reading.noted(words(repeats, dataset.manifest().counts().interactions(), droppable));
        }
        return new Made(dataset.manifest(), Optional.of(repeats), reading.notes());
    }

    private static String words(Repeats repeats, int interactions, boolean droppable) {
        StringBuilder words = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d of %,d interactions repeat an item that the user had before",
                repeats.interactions(),
                interactions));
        if (repeats.sameTime() > 0) {
            words.append(String.format(
                    Locale.ROOT, ", %,d of them at the same time, as after joining two exports", repeats.sameTime()));
        }
        if (repeats.testItems() > 0) {
            words.append(String.format(
                    Locale.ROOT, "; %,d users have their test item in their history", repeats.testItems()));
        }
        return words.append(
                        repeats.sameTime() > 0 && droppable
                                ? "; --drop-repeats leaves out rows with the user, item and time of an earlier row"
                                : "")
                .toString();
    }

    @Override
    protected SettingsReader<PreparationSettings> given() {
        return config == null
                ? super.given()
                : SettingsReader.of(PreparationSettings.class, Variants.none())
                        .file(config)
                        .environment(System.getenv());
    }

    @Override
    protected SourceSettings sources() {
        return amazon == null ? tables().sources() : SourceSettings.amazon2014(amazon.get(0), amazon.get(1));
    }

    @Override
    protected void checkUsage() {
        int inputs = (tables().given().isEmpty() ? 0 : 1) + (amazon == null ? 0 : 1) + (config == null ? 0 : 1);
        if (inputs == 0) {
            throw wrongUsage("name what to prepare: --interactions FILE, --amazon REVIEWS META or --config FILE");
        } else if (inputs > 1) {
            String first =
                    tables().given().isEmpty() ? "--amazon" : tables().given().get(0);
            String second = config == null ? "--amazon" : "--config";
            throw wrongUsage(first + " and " + second + " both name what to prepare; use one of them");
        } else if (!tables().given().isEmpty() && !tables().fault().isEmpty()) {
            throw wrongUsage(tables().fault());
        } else if (amazon != null && amazon.size() > 2) {
            throw wrongUsage("--amazon is given twice");
        }
    }
}
