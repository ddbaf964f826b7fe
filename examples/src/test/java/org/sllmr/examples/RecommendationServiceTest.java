// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.BundleFixture;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.HistoryForm;

/** The program of docs/how-to/recommend-from-java.md is the one that is compiled here, and does what the page says. */
class RecommendationServiceTest {
    @Test
    void thePageShowsTheCompiledProgram() throws Exception {
        new Page("recommend-from-java.md").shows(RecommendationService.class, "import ");
    }

    @Test
    void itRecommends(@TempDir Path folder) throws Exception {
        Path bundle = new BundleFixture().write(folder.resolve("bundle"), HistoryForm.HASHED, false);
        HttpServer server = RecommendationService.start(bundle, 0);
        try {
            HttpResponse<String> reply = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                            + server.getAddress().getPort() + "/recommend?i3,i4"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body().lines().toList())
                    .isEqualTo(
                            Recommender.open(bundle).recommend(Request.ofHistory(List.of("i3", "i4"))).items().stream()
                                    .map(Recommendations.Item::item)
                                    .toList());
        } finally {
            server.stop(0);
        }
    }
}
