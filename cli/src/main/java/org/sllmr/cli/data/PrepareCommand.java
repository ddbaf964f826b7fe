// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReadingProgress;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.data.describe.Repeats;
import org.sllmr.data.file.FolderLock;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.DatasetWriter;
import org.sllmr.data.store.Manifest;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.SourceSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
final class PrepareCommand extends ReportingCommand<PrepareCommand.Prepared> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TableOptions tables = new TableOptions();

    @Option(
            names = "--amazon",
            arity = "2",
            paramLabel = "FILE",
            description =
                    "The original files of the Amazon Reviews 2014 data: reviews_*_5.json.gz and" + " meta_*.json.gz.")
    private @Nullable List<Path> amazon;

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with all settings.")
    private @Nullable Path config;

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
     * @param repeats number of interactions with items that the user had before
     * @param notes notes for the user
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
            Repeats repeats,
            List<String> notes,
            String next) {
        /** Copies the list. */
        public Prepared {
            notes = List.copyOf(notes);
        }
    }

    /** A command that reports on the given terminal. */
    public PrepareCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    @SuppressWarnings("try") // The lock is not used otherwise.
    protected Prepared result() {
        checkUsage();
        PreparationSettings settings = settings();
        DatasetWriter.checkFree(out, replace);
        Dataset dataset;
        ReadingProgress reading = new ReadingProgress(terminal());
        try (reading;
                FolderLock lock = FolderLock.beside(out, "'data prepare'")) {
            // Another process may have ended just now.
            DatasetWriter.checkFree(out, replace);
            dataset = Preparation.run(settings, out, replace, reading);
        }
        Repeats repeats = Repeats.of(dataset);
        if (repeats.interactions() > 0) {
            boolean droppable = !dataset.trainingData().training().labelled();
            reading.noted(words(repeats, dataset.manifest().counts().interactions(), droppable));
        }
        Manifest manifest = dataset.manifest();
        return new Prepared(
                out.toString(),
                manifest.name(),
                manifest.contentHash(),
                manifest.counts().users(),
                manifest.counts().items(),
                manifest.counts().interactions(),
                manifest.counts().itemsWithoutText(),
                repeats,
                reading.notes(),
                ShellWords.join("sllmr", "data", "describe", out.toString()));
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

    private PreparationSettings settings() {
        SettingsReader<PreparationSettings> reader = SettingsReader.of(PreparationSettings.class, Variants.none());
        if (config != null) {
            reader = reader.file(config).environment(System.getenv());
        } else {
            String name = String.valueOf(out.toAbsolutePath().normalize().getFileName());
            PreparationSettings given = PreparationSettings.of(name, sources());
            reader = reader.text("options", SettingsWriter.of(Variants.none()).write(given));
        }
        return split.names().in(reader.assignments(split.assignments())::read);
    }

    private SourceSettings sources() {
        return amazon == null ? tables.sources() : SourceSettings.amazon2014(amazon.get(0), amazon.get(1));
    }

    /** Refuses contradictory options before anything is read. */
    private void checkUsage() {
        int inputs = (tables.given().isEmpty() ? 0 : 1) + (amazon == null ? 0 : 1) + (config == null ? 0 : 1);
        if (inputs == 0) {
            throw wrongUsage("name what to prepare: --interactions FILE, --amazon REVIEWS META or --config FILE");
        } else if (inputs > 1) {
            String first =
                    tables.given().isEmpty() ? "--amazon" : tables.given().get(0);
            String second = config == null ? "--amazon" : "--config";
            throw wrongUsage(first + " and " + second + " both name what to prepare; use one of them");
        } else if (!tables.given().isEmpty() && !tables.fault().isEmpty()) {
            throw wrongUsage(tables.fault());
        } else if (amazon != null && amazon.size() > 2) {
            throw wrongUsage("--amazon is given twice");
        }
    }

    private ParameterException wrongUsage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    @Override
    protected void print(Prepared prepared, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d interactions%n",
                prepared.folder(),
                prepared.users(),
                prepared.items(),
                prepared.interactions());
        if (prepared.itemsWithoutText() > 0) {
            out.printf(
                    Locale.ROOT,
                    "%,d items have no text, so the teacher sees only their fields; --item-text names text columns%n",
                    prepared.itemsWithoutText());
        }
        out.println("Next: " + prepared.next());
    }
}
