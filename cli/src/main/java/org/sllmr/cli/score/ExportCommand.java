// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ConstantName;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.llm.store.Normalization;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.llm.store.TableExport;
import org.sllmr.teacher.TeacherTableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes scores for training or for other programs. */
@Command(
        name = "export",
        description = {
            "Write the scores of a store or a teacher file as Parquet or CSV, by the name's ending, else as a"
                    + " teacher file for training.",
            "Ids stand in a CSV file as they are: what a spreadsheet would run is not escaped.",
            "Example: sllmr score export beauty.openai.scores.store --data beauty --out beauty.parquet"
        })
final class ExportCommand extends ReportingCommand<ExportCommand.Exported> {
    /** A teacher file of such a name would be taken for a table. */
    private static final List<String> OTHER_ENDINGS = List.of(
            ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".txt", ".xlsx", ".gz", ".zip", ".bz2", ".xz", ".zst");

    @Parameters(paramLabel = "TEACHER|STORE", description = "The file with scores, or the folder with answers.")
    private Path source = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DATASET",
            description = "The dataset folder of the scores, for the ids of users and items; default: their indices.")
    private @Nullable Path dataset;

    @Option(
            names = "--normalization",
            paramLabel = "HOW",
            description = "Normalization of each user's scores in a store: none, min-max, rank, temperature, or"
                    + " '{name: temperature, temperature: 0.1}'; default: none.")
    private @Nullable String normalization;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--replace", description = "Replace the file if it exists.")
    private boolean replace;

    /**
     * The result.
     *
     * @param file the file
     * @param format {@code parquet}, {@code csv} or {@code teacher}
     * @param scores number of scores
     * @param users users with at least one
     */
    public record Exported(String file, String format, int scores, int users) {}

    /** The value of {@code --normalization}. */
    private record Choice(Normalization normalization) {}

    /** A command that reports on the given terminal. */
    public ExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Exported result() throws IOException {
        Optional<TableExport.Format> format = format();
        PathChecks.checkFree(out, replace);
        boolean store = StoreReader.isStore(source);
        if (!store) {
            PathChecks.checkFile(source);
            if (normalization != null) {
                throw new InvalidInputException(
                        "--normalization", "needs the original answers; name the store, not a teacher file");
            }
        }
        TeacherTableFile scores = store ? ofStore() : TeacherTableFile.read(source);
        Optional<TrainingData> data =
                Optional.ofNullable(dataset).map(folder -> Dataset.open(folder).trainingData());
        data.ifPresent(one -> scores.check(source, one));
        if (format.isPresent()) {
            TableExport.Format chosen = format.get();
            PathChecks.write(out, () -> TableExport.write(scores.table(), data, chosen, out));
        } else {
            PathChecks.write(out, () -> scores.write(out));
        }
        return new Exported(
                out.toString(),
                format.map(one -> ConstantName.of(one.name())).orElse("teacher"),
                scores.table().size(),
                scores.provenance().usersScored());
    }

    private TeacherTableFile ofStore() throws IOException {
        Normalization how = normalization == null
                ? new Normalization.None()
                : SettingsReader.of(Choice.class, TeacherSettings.VARIANTS)
                        .assignments(List.of("normalization=" + normalization))
                        .read()
                        .normalization();
        try (StoreReader reader = StoreReader.open(source)) {
            return StoredScores.table(reader, how);
        }
    }

    private Optional<TableExport.Format> format() {
        String name = out.toString().toLowerCase(Locale.ROOT);
        refuseOthers(name, ".csv", ".scores");
        if (name.endsWith(".parquet")) {
            return Optional.of(TableExport.Format.PARQUET);
        }
        return name.endsWith(".csv") ? Optional.of(TableExport.Format.CSV) : Optional.empty();
    }

    /**
     * Refuses a file's name that would be taken for a table in another format.
     *
     * @param table the ending of a table that is written, besides Parquet
     * @param file an ending of a file for training
     */
    static void refuseOthers(String name, String table, String file) {
        for (String other : OTHER_ENDINGS) {
            if (name.endsWith(other) && !other.equals(table)) {
                throw new InvalidInputException(
                        "--out",
                        "is '" + name + "', but " + other + " files are not written: end the name in .parquet or "
                                + table + ", or in anything else, such as " + file
                                + ", for a file that training reads");
            }
        }
    }

    @Override
    protected void print(Exported result, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s: %,d scores of %,d users (%s)%n",
                result.file(),
                result.scores(),
                result.users(),
                result.format());
    }
}
