// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.configuration.InvalidInputException;

/** Answers {@code /recommend?ITEM,ITEM} with the ids of ten items, a line each. */
public final class RecommendationService {
    private RecommendationService() {}

    /** Arguments: a bundle and a port. */
    public static void main(String[] arguments) throws IOException {
        start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    }

    static HttpServer start(Path bundle, int port) throws IOException {
        // Once: it is checked, takes memory, and answers all threads.
        Recommender recommender = Recommender.open(bundle);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/recommend", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            int status = 200;
            String reply;
            try {
                List<String> history = Arrays.asList((query == null ? "" : query).split(","));
                reply = recommender.recommend(Request.ofHistory(history).withK(10)).items().stream()
                        .map(Recommendations.Item::item)
                        .collect(Collectors.joining("\n"));
            } catch (InvalidInputException e) {
                status = 400;
                reply = String.valueOf(e.getMessage());
            }
            byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
