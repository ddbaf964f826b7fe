// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.OptionNames;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.serving.http.Models;
import org.sllmr.serving.http.RecommendationServer;
import org.sllmr.serving.http.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves bundles over HTTP. */
@Command(
        name = "serve",
        description = {
            "Serve bundles over HTTP: recommendations, the Open Inference Protocol, metrics, and a page to try them.",
            "The server listens on this machine alone unless --host says otherwise. A new bundle at the place of an old one"
                    + " is checked and taken without a failed request; a broken one is refused, and the old one stays."
        })
public final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "BUNDLE",
            arity = "1..*",
            description = "Bundles: folders, zip files or links to them; NAME=BUNDLE names the model.")
    private List<String> bundles = List.of();

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on; default 127.0.0.1.")
    private String host = ServerSettings.defaults().host();

    @Option(names = "--port", paramLabel = "PORT", description = "The port; default 8080, 0 for any free one.")
    private int port = ServerSettings.defaults().port();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with a token that requests must give, as 'Authorization: Bearer TOKEN'.")
    private @Nullable Path tokenFile;

    @Option(names = "--max-body", paramLabel = "BYTES", description = "Longest body of a request; default 1,000,000.")
    private int maxBody = ServerSettings.defaults().maxBodyBytes();

    @Option(names = "--max-k", paramLabel = "K", description = "Most recommendations of a request; default 1,000.")
    private int maxK = ServerSettings.defaults().maxK();

    @Option(
            names = "--max-items",
            paramLabel = "N",
            description = "Most candidates and history items of a request; default 10,000.")
    private int maxItems = ServerSettings.defaults().maxItems();

    @Option(names = "--max-seconds", paramLabel = "SECONDS", description = "Longest time of a request; default 10.")
    private int maxSeconds = ServerSettings.defaults().maxSeconds();

    @Option(
            names = "--max-under-way",
            paramLabel = "N",
            description = "Most requests at once; further ones get status 429. Default 64.")
    private int maxUnderWay = ServerSettings.defaults().maxUnderWay();

    /** A command that reports on the given terminal. */
    public ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerSettings settings = new OptionNames(Map.of(
                        "port", "--port",
                        "maxBodyBytes", "--max-body",
                        "maxK", "--max-k",
                        "maxItems", "--max-items",
                        "maxSeconds", "--max-seconds",
                        "maxUnderWay", "--max-under-way"))
                .in(() -> new ServerSettings(
                        host, port, Optional.empty(), maxBody, maxK, maxItems, maxSeconds, maxUnderWay));
        settings = settings.with(token());
        Models models = Models.open(sources());
        try (RecommendationServer server = RecommendationServer.start(settings, models)) {
            for (Models.Served model : models.all()) {
                terminal.say("model " + model.name() + ", version " + model.version() + ": "
                        + model.recommender().manifest().items() + " items");
            }
            terminal.results().println("Serving on " + server.address() + " (stop with Ctrl-C)");
            terminal.results().flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private Optional<String> token() {
        if (tokenFile == null) {
            return Optional.empty();
        }
        try {
            String token = new String(InputFile.bytes(tokenFile), StandardCharsets.UTF_8).strip();
            if (!token.matches("[\\x21-\\x7e]{8,1000}")) {
                throw new InvalidInputException(
                        tokenFile.toString(), "must hold one token of 8 to 1,000 characters of ASCII, without spaces");
            }
            return Optional.of(token);
        } catch (IOException e) {
            throw new InvalidInputException(tokenFile.toString(), "cannot be read: " + Reason.of(e));
        }
    }

    private List<Models.Source> sources() {
        List<Models.Source> sources = new ArrayList<>();
        for (String bundle : bundles) {
            int equals = bundle.indexOf('=');
            boolean named = equals > 0 && !Files.exists(Path.of(bundle));
            String name = named ? bundle.substring(0, equals) : "";
            if (named && !ExportCommand.isName(name)) {
                throw new InvalidInputException(bundle, "names the model '" + name + "'; " + ExportCommand.NAMES);
            }
            sources.add(new Models.Source(
                    named ? Optional.of(name) : Optional.empty(),
                    Path.of(named ? bundle.substring(equals + 1) : bundle)));
        }
        return sources;
    }
}
