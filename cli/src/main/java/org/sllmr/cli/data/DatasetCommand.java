// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.data.describe.Repeats;
import org.sllmr.data.file.FolderLock;
import org.sllmr.data.store.DatasetWriter;
import org.sllmr.data.store.Manifest;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.SourceSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that make a dataset folder from tables share. */
public abstract class DatasetCommand extends ReportingCommand<DatasetCommand.Prepared> {
    private final String name;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private TableOptions tables = new TableOptions();

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
     * @param repeats number of interactions with items that the user had before, if they were counted
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
            Optional<Repeats> repeats,
            List<String> notes,
            String next) {
        /** Copies the list. */
        public Prepared {
            notes = List.copyOf(notes);
        }
    }

    /**
     * What was made.
     *
     * @param manifest the dataset's manifest
     * @param repeats number of repeated interactions, if they were counted
     * @param notes notes for the user
     */
    public record Made(Manifest manifest, Optional<Repeats> repeats, List<String> notes) {
        /** Copies the list. */
        public Made {
            notes = List.copyOf(notes);
        }
    }

    /**
     * A command that reports on the given terminal.
     *
     * @param name its name, for other commands that want to make the same folder
     */
    protected DatasetCommand(Terminal terminal, String name) {
        super(terminal);
        this.name = name;
    }

    /** Refuses contradictory options before anything is read. */
    protected abstract void checkUsage();

    /** The settings as far as options other than those of the split tell. */
    protected SettingsReader<PreparationSettings> given() {
        return reader(sources());
    }

    /** Where the data are. */
    protected abstract SourceSettings sources();

    /** Makes the dataset; nobody else makes one there. */
    protected abstract Made make(PreparationSettings settings, Path folder, boolean replaced) throws IOException;

    /** The options of tables. */
    protected final TableOptions tables() {
        return tables;
    }

    /** The command as it was given. */
    protected final CommandSpec spec() {
        return spec;
    }

    /** Settings of sources alone, with the folder's name. */
    protected final SettingsReader<PreparationSettings> reader(SourceSettings sources) {
        String folder = String.valueOf(out.toAbsolutePath().normalize().getFileName());
        return SettingsReader.of(PreparationSettings.class, Variants.none())
                .text("options", SettingsWriter.of(Variants.none()).write(PreparationSettings.of(folder, sources)));
    }

    /** The exception for options that contradict each other. */
    protected final ParameterException wrongUsage(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    @Override
    @SuppressWarnings("try") // The lock is not used otherwise.
    protected final Prepared result() throws IOException {
        checkUsage();
        PreparationSettings settings = split.names().in(given().assignments(split.assignments())::read);
        DatasetWriter.checkFree(out, replace);
        Made made;
        try (FolderLock lock = FolderLock.beside(out, "'" + name + "'")) {
            // Another process may have ended just now.
            DatasetWriter.checkFree(out, replace);
            made = make(settings, out, replace);
        }
        Manifest manifest = made.manifest();
        return new Prepared(
                out.toString(),
                manifest.name(),
                manifest.contentHash(),
                manifest.counts().users(),
                manifest.counts().items(),
                manifest.counts().interactions(),
                manifest.counts().itemsWithoutText(),
                made.repeats(),
                made.notes(),
                ShellWords.join("sllmr", "data", "describe", out.toString()));
    }

    @Override
    protected final void print(Prepared prepared, PrintStream to) {
        to.printf(
                Locale.ROOT,
                "%s: %,d users, %,d items, %,d interactions%n",
                prepared.folder(),
                prepared.users(),
                prepared.items(),
                prepared.interactions());
        if (prepared.itemsWithoutText() > 0) {
            to.printf(
                    Locale.ROOT,
                    "%,d items have no text, so the teacher sees only their fields; --item-text names text columns%n",
                    prepared.itemsWithoutText());
        }
        to.println("Next: " + prepared.next());
    }
}
