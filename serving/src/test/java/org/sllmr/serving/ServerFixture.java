// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sllmr.bundle.BundleFixture;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.serving.http.Models;
import org.sllmr.serving.http.RecommendationServer;
import org.sllmr.serving.http.ServerSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on this machine, and a client. */
final class ServerFixture implements AutoCloseable {
    static final BundleFixture FIXTURE = new BundleFixture();

    final Models models;
    final RecommendationServer server;
    final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    ServerFixture(ServerSettings settings, Path... bundles) {
        List<Models.Source> sources = new ArrayList<>();
        for (Path bundle : bundles) {
            sources.add(new Models.Source(Optional.empty(), bundle));
        }
        this.models = Models.open(sources);
        this.server = RecommendationServer.start(settings.on("127.0.0.1", 0), models);
    }

    static Path bundle(Path place, String name) {
        return FIXTURE.write(place, name, HistoryForm.PLAIN, false);
    }

    record Reply(int status, String body, HttpResponse<String> response) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path.substring(1)))
                .timeout(Duration.ofSeconds(60));
    }

    /** Sends again what met a kept connection that the server closed at that moment, as it does with idle ones. */
    Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("received no bytes")) {
                throw e;
            }
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        }
        return new Reply(response.statusCode(), response.body(), response);
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    Reply post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Override
    public void close() {
        server.close();
    }
}
