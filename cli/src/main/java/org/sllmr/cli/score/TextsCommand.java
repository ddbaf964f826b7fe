// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.PathChecks;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredTexts;
import org.sllmr.llm.store.TextExport;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks a language model for texts about items, users or training samples. */
@Command(
        name = "texts",
        description = {
            "Ask a language model for texts: what is known of items or users (KAR), or why users took items (LLM-CF).",
            "It sees training interactions only. Each text is stored at once: a run can be stopped at any time, and"
                    + " starting it again asks only for what is missing.",
            "Examples:",
            "  sllmr score texts --data beauty --kind item-knowledge --provider openai --forecast",
            "  sllmr score texts --data beauty --kind item-knowledge --provider openai --out beauty.items.texts",
            "  sllmr score texts --data beauty --export beauty.items.texts --out items.jsonl",
            "  sllmr score texts --data beauty --kind item-knowledge --import items.jsonl --out mine.texts"
        })
final class TextsCommand extends ReportingCommand<TextsReport> {
    @Mixin
    private TeacherOptions options = new TeacherOptions();

    @Mixin
    private TextImportOptions imported = new TextImportOptions();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "What the texts are about: item-knowledge, user-knowledge or chain-of-thought.")
    private @Nullable TextKind kind;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "The folder for the model's answers; default: the name of --out with .store added.")
    private @Nullable Path store;

    @Option(names = "--forecast", description = "Only say how many requests and tokens it takes; nothing is sent.")
    private boolean forecast;

    @Option(
            names = "--export",
            paramLabel = "TEXTS|STORE",
            description = "Instead of asking, write the texts of a file or store: as JSON lines or Parquet, if --out"
                    + " ends in .jsonl or .parquet, else as a file for training.")
    private @Nullable Path export;

    @Option(names = "--out", paramLabel = "TEXTS", description = "The file to write.")
    private @Nullable Path out;

    /** A command that reports on the given terminal. */
    public TextsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected TextsReport result() throws IOException, InterruptedException {
        TeacherSettings settings = options.settings();
        if ((forecast ? 1 : 0) + (imported.wanted() ? 1 : 0) + (export == null ? 0 : 1) > 1) {
            throw new InvalidInputException(
                    "--forecast, --import and --export", "exclude each other; give one of them");
        }
        if (export != null) {
            return exported(export, place());
        }
        if (kind == null) {
            throw new InvalidInputException("--kind", "is needed: item-knowledge, user-knowledge or chain-of-thought");
        }
        if (imported.wanted()) {
            Path file = place();
            TextTable texts = imported.read(kind, options.data(), terminal());
            PathChecks.write(file, () -> texts.write(file));
            return TextsReport.of(file, texts);
        }
        if (!options.language().remote()) {
            throw new InvalidInputException(
                    "--provider",
                    "is needed: texts are written by a language model, openai or openai-compatible; or read texts of"
                            + " your own with --import");
        }
        return forecast ? forecast(kind, settings) : asked(kind, settings, place());
    }

    /** Where to write. */
    private Path place() {
        if (out == null) {
            throw new InvalidInputException("--out", "is needed: the file to write");
        }
        PathChecks.checkFree(out, options.replace());
        return out;
    }

    private TextsReport forecast(TextKind about, TeacherSettings settings) {
        TrainingData data = options.data();
        try (LanguageTeacher teacher = options.language().withoutKey(settings.language())) {
            return TextsReport.of(teacher.forecast(plan(about, data, settings), data));
        }
    }

    private TextsReport asked(TextKind about, TeacherSettings settings, Path file)
            throws IOException, InterruptedException {
        TrainingData data = options.data();
        // Before the work: finds a missing key at once.
        try (LanguageTeacher teacher = options.language().open(settings.language())) {
            Path folder = store == null ? file.resolveSibling(file.getFileName() + ".store") : store;
            TextTable texts = new ModelAsking(terminal(), teacher).ask(plan(about, data, settings), data, folder);
            PathChecks.write(file, () -> texts.write(file));
            return TextsReport.of(file, texts);
        }
    }

    private TextPlan plan(TextKind about, TrainingData data, TeacherSettings settings) {
        return settings.language().texts().plan(about, data, options.seed());
    }

    private TextsReport exported(Path source, Path file) throws IOException {
        TextTable texts;
        if (StoreReader.isStore(source)) {
            try (StoreReader reader = StoreReader.open(source)) {
                texts = StoredTexts.table(reader);
            }
        } else {
            PathChecks.checkFile(source);
            texts = TextTable.read(source);
        }
        TrainingData data = options.data();
        texts.check(source, data);
        Optional<TextExport.Format> format = format(file);
        if (format.isPresent()) {
            PathChecks.write(file, () -> TextExport.write(texts, data, format.get(), file));
        } else {
            PathChecks.write(file, () -> texts.write(file));
        }
        return TextsReport.of(file, texts);
    }

    private static Optional<TextExport.Format> format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        ExportCommand.refuseOthers(name, ".jsonl", ".texts");
        if (name.endsWith(".parquet")) {
            return Optional.of(TextExport.Format.PARQUET);
        }
        return name.endsWith(".jsonl") ? Optional.of(TextExport.Format.JSON_LINES) : Optional.empty();
    }

    @Override
    public String whenStopped() {
        return "the same command resumes; the texts so far are kept";
    }

    @Override
    protected void print(TextsReport report, PrintStream out) {
        report.print(out);
        if (export == null && report.file().isPresent() && kind != null && kind != TextKind.CHAIN_OF_THOUGHT) {
            String setting = kind == TextKind.ITEM_KNOWLEDGE ? "itemTexts" : "userTexts";
            out.printf(
                    "%nNext: %s%n",
                    ShellWords.join(
                            "sllmr",
                            "train",
                            "--data",
                            options.dataset(),
                            "--set",
                            "model.augmentation=kar",
                            "--set",
                            "model.augmentation." + setting + "="
                                    + report.file().get(),
                            "--out",
                            "RUN"));
        }
    }
}
