// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.DelimitedFileOptions;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReadingProgress;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.imported.ImportedTexts;
import org.sllmr.llm.imported.TextColumns;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextTable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for texts that were written elsewhere. */
final class TextImportOptions {
    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Instead of asking, read texts from CSV, TSV, JSON lines or Parquet, one in each row.")
    private @Nullable Path file;

    @Option(names = "--user", paramLabel = "COLUMN", description = "Column of the user ids; default user_id.")
    private String user = TextColumns.defaults().user();

    @Option(names = "--item", paramLabel = "COLUMN", description = "Column of the item ids; default item_id.")
    private String item = TextColumns.defaults().item();

    @Option(
            names = "--interactions",
            paramLabel = "COLUMN",
            description = "Column that says of how many of the user's first training interactions a text was made, 0"
                    + " for none; for a sample, its position. Default interactions.")
    private String interactions = TextColumns.defaults().interactions();

    @Option(names = "--label", paramLabel = "COLUMN", description = "Column of a sample's label; default label.")
    private String label = TextColumns.defaults().label();

    @Option(names = "--text", paramLabel = "COLUMN", description = "Column of the texts; default text.")
    private String text = TextColumns.defaults().text();

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

    boolean wanted() {
        return file != null;
    }

    TextTable read(TextKind kind, TrainingData data, Terminal terminal) {
        Path path = file == null ? Path.of("") : file;
        PathChecks.checkFile(path);
        try (ReadingProgress reading = new ReadingProgress(terminal)) {
            return ImportedTexts.read(
                    delimited.file(path, columns),
                    kind,
                    new TextColumns(user, item, interactions, label, text),
                    teacher,
                    data,
                    reading);
        }
    }
}
