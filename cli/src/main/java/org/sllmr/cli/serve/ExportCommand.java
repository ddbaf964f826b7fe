// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.serve;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.cli.train.EvaluateCommand;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Writable;
import org.sllmr.data.store.Dataset;
import org.sllmr.onnx.OnnxFile;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.export.RunExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports a run as a bundle. */
@Command(
        name = "export",
        description = {
            "Export a run as a bundle: its model with all that is needed to recommend.",
            "A bundle needs neither the run nor the dataset. 'sllmr serve', 'sllmr recommend' and the library open it; each"
                    + " time all its bytes are checked, and that it scores as it did where it was written."
        })
public final class ExportCommand extends ReportingCommand<ExportCommand.Report> {
    /** What a model's name may be, for messages. */
    static final String NAMES = "it is part of addresses: use letters, digits, '.', '_' and '-', at most 100";

    private static final String ZIP = ".zip";

    @Parameters(paramLabel = "RUN", description = "The run folder.")
    private Path run = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "BUNDLE", description = "The bundle: a folder, or FILE.zip.")
    private Path out = Path.of("");

    @Option(names = "--data", paramLabel = "DATASET", description = "The dataset folder, if it was moved.")
    private @Nullable Path data;

    @Option(names = "--zip", description = "Write one zip file, whatever its name.")
    private boolean zip;

    @Option(
            names = "--histories",
            paramLabel = "FORM",
            description =
                    "What to keep of users: none, hashed (default: histories, under hashes of the ids), or plain.")
    private HistoryForm histories = HistoryForm.HASHED;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model; default is that of the run folder.")
    private @Nullable String name;

    @Option(
            names = "--onnx",
            description = {
                "Write the model for other engines too: model.onnx in the bundle, and model.onnx.json,",
                "which tells each input and how its values are looked up."
            })
    private boolean onnx;

    /**
     * What was exported.
     *
     * @param bundle the bundle
     * @param name name of the model
     * @param items number of items
     * @param users number of users
     * @param histories what is kept of users
     * @param bytes size of the bundle
     * @param onnx whether the bundle holds {@code model.onnx} as well
     */
    public record Report(
            String bundle, String name, int items, int users, String histories, long bytes, boolean onnx) {}

    /** A command that reports on the given terminal. */
    public ExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Report result() throws IOException {
        String model =
                name == null ? String.valueOf(run.toAbsolutePath().normalize().getFileName()) : name;
        if (!isName(model)) {
            throw new InvalidInputException(
                    name == null ? run.toString() : "--name",
                    "gives the model the name '" + model
                            + "', which is part of addresses: use letters, digits, '.', '_'" + " and '-', at most 100"
                            + (name == null ? "; give --name" : ""));
        }
        if (Files.exists(out)) {
            throw new InvalidInputException(
                    out.toString(), "exists already; a bundle is never overwritten: name another one, or delete it");
        }
        RunFolder folder = RunFolder.open(run);
        Writable.require(out);
        Path dataset = EvaluateCommand.dataset(folder, data);
        boolean packed = zip || out.toString().toLowerCase(Locale.ROOT).endsWith(ZIP);
        RunExport.run(folder, Dataset.open(dataset), model, histories, out, packed, onnx);
        Manifest manifest = Recommender.open(out).manifest();
        return new Report(
                out.toString(),
                manifest.name(),
                manifest.items(),
                manifest.users(),
                histories.name().toLowerCase(Locale.ROOT),
                size(),
                onnx);
    }

    /** Whether a text can be the name of a model. */
    static boolean isName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    @Override
    protected void print(Report report, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s holds model '%s': %,d items, %,d users (histories: %s), %.1f MB.%n",
                report.bundle(),
                report.name(),
                report.items(),
                report.users(),
                report.histories(),
                report.bytes() / 1e6);
        if (report.onnx()) {
            out.printf("For other engines it holds %s, described in %s.%n", OnnxFile.MODEL, OnnxFile.DESCRIPTION);
        }
        out.printf("%nNext: %s%n", ShellWords.join("sllmr", "serve", report.bundle()));
    }
}
