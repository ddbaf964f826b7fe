// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.command.ShellWords;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.preparation.fetch.AmazonDataset;
import org.sllmr.preparation.fetch.DownloadSettings;
import org.sllmr.preparation.fetch.Fetch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches the original files of a public dataset. */
@Command(
        name = "fetch",
        description = {
            "Fetch the original files of an Amazon Reviews 2014 set.",
            "Existing files are kept, and interrupted downloads are resumed.",
            "Example: sllmr data fetch amazon-beauty --out amazon-files"
        })
final class FetchCommand extends ReportingCommand<FetchCommand.Fetched> {
    @Parameters(paramLabel = "DATASET", description = "amazon-beauty, amazon-sports or amazon-toys.")
    private String dataset = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the files.")
    private Path out = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "URL|DIR",
            description = "A mirror's address or a folder; default: the public address.")
    private @Nullable String from;

    /**
     * The result.
     *
     * @param dataset id of the dataset
     * @param files its files
     * @param next the command that makes a dataset from them
     */
    public record Fetched(String dataset, List<FetchedFile> files, String next) {
        /** Copies the list. */
        public Fetched {
            files = List.copyOf(files);
        }
    }

    /**
     * A file of the dataset.
     *
     * @param path its path
     * @param bytes its size
     */
    public record FetchedFile(String path, long bytes) {}

    /** A command that reports on the given terminal. */
    public FetchCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected Fetched result() throws IOException {
        AmazonDataset set = AmazonDataset.ofId(dataset);
        try (Stages stages = new Stages(terminal())) {
            if (from != null && !from.contains("://")) {
                Fetch.copy(set, Path.of(from), out, stages);
            } else {
                Fetch.download(set, address(from), out, DownloadSettings.defaults(), stages);
            }
        }
        List<FetchedFile> files = new ArrayList<>();
        for (String name : set.files()) {
            Path file = out.resolve(name);
            files.add(new FetchedFile(file.toString(), Files.size(file)));
        }
        String next = ShellWords.join(
                "sllmr",
                "data",
                "prepare",
                "--amazon",
                out.resolve(set.reviews()).toString(),
                out.resolve(set.metadata()).toString(),
                "--out",
                set.id());
        return new Fetched(set.id(), files, next);
    }

    private static URI address(@Nullable String from) {
        if (from == null) {
            return AmazonDataset.ADDRESS;
        }
        try {
            URI address = URI.create(from);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--from", "is '" + from + "', which is not an address: " + e.getMessage());
        }
        throw new InvalidInputException(
                "--from", "is '" + from + "', allowed is an address that starts with http:// or https://, or a folder");
    }

    @Override
    protected void print(Fetched fetched, PrintStream out) {
        for (FetchedFile file : fetched.files()) {
            out.printf(Locale.ROOT, "%s: %,d bytes%n", file.path(), file.bytes());
        }
        out.println("Next: " + fetched.next());
    }
}
