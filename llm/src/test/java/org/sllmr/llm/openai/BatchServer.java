// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A server that behaves like the Batch API: files, batches that take a few polls, and lists of batches. */
public final class BatchServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LOOKS = 3;
    private static final Pattern CONTENT = Pattern.compile("name=\"file\".*?\\r\\n\\r\\n(.*?)\\r\\n--", Pattern.DOTALL);

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, ObjectNode> batches = new LinkedHashMap<>();
    private final Map<String, Integer> looks = new LinkedHashMap<>();
    private final Map<String, List<String>> ready = new LinkedHashMap<>();
    private final LoopbackServer server;
    private volatile @Nullable Throwable failure;

    /** A line of the output or error file for a line of the input, or null for none. */
    public volatile Function<JsonNode, String> answer = BatchServer::reply;

    /** The status that batches end with. */
    public volatile String end = "completed";

    /** Error statuses for the next calls. */
    public final List<Integer> failNext = new ArrayList<>();

    /** Whether the next batch is created although the caller gets an error. */
    public volatile boolean loseNextCreation;

    /** Number of polls in which an ended batch has no files yet. */
    public volatile int lateLooks;

    /** Whether no batch ends for now. */
    public volatile boolean hold;

    /** Starts. */
    public BatchServer() throws IOException {
        server = new LoopbackServer(this::serve);
    }

    /** Where it is. */
    public String url() {
        return server.url();
    }

    /** Number of batches. */
    public synchronized int made() {
        return batches.size();
    }

    /** Number of calls so far. */
    public int calls() {
        return server.requests().size();
    }

    /** The questions of each batch. */
    public synchronized List<String> inputs() {
        return batches.values().stream()
                .map(batch -> files.get(batch.path("input_file_id").asString()))
                .toList();
    }

    static String reply(JsonNode question) {
        String user = question.at("/body/messages/1/content").asString();
        return """
                {"id":"r","custom_id":"%s","error":null,"response":{"status_code":200,"request_id":"q","body":{"choices":[
                {"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"re: %s"}}],
                "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}}}""".formatted(question.path("custom_id").asString(), user).replace("\n", "");
    }

    private synchronized void serve(LoopbackServer.Request request, HttpExchange exchange) throws IOException {
        if (!failNext.isEmpty()) {
            LoopbackServer.send(exchange, failNext.remove(0), "{\"error\":{\"message\":\"busy\"}}");
            return;
        }
        String path = request.method() + " " + request.path().substring("/v1".length());
        if (path.equals("POST /files")) {
            Matcher content = CONTENT.matcher(request.body());
            if (!content.find() || !request.body().contains("batch")) {
                LoopbackServer.send(exchange, 400, "{\"error\":{\"message\":\"no file\"}}");
                return;
            }
            LoopbackServer.send(exchange, 200, "{\"id\":\"" + file(content.group(1)) + "\",\"object\":\"file\"}");
        } else if (path.equals("POST /batches")) {
            ObjectNode batch = (ObjectNode) JSON.readTree(request.body());
            batch.put("id", "batch_" + batches.size()).put("object", "batch").put("status", "validating");
            batches.put(batch.path("id").asString(), batch);
            if (loseNextCreation) {
                loseNextCreation = false;
                LoopbackServer.send(exchange, 500, "{}");
            } else {
                LoopbackServer.send(exchange, 200, batch.toString());
            }
        } else if (path.equals("GET /batches")) {
            ObjectNode list = JSON.createObjectNode().put("object", "list").put("has_more", false);
            ArrayNode data = list.putArray("data");
            batches.values().forEach(data::add);
            LoopbackServer.send(exchange, 200, list.toString());
        } else if (path.startsWith("GET /batches/")) {
            LoopbackServer.send(
                    exchange,
                    200,
                    look(path.substring("GET /batches/".length())).toString());
        } else if (path.matches("GET /files/.*/content")) {
            LoopbackServer.send(exchange, 200, files.get(path.split("/")[2]));
        } else {
            LoopbackServer.send(exchange, 404, "{}");
        }
    }

    private String file(String content) {
        String id = "file-" + files.size();
        files.put(id, content);
        return id;
    }

    private ObjectNode look(String id) {
        ObjectNode batch = batches.get(id);
        if (looks.merge(id, 1, Integer::sum) < LOOKS || hold) {
            batch.put("status", "in_progress");
            batch.putObject("request_counts")
                    .put("completed", 1)
                    .put("failed", 0)
                    .put("total", 2);
        } else if (!batch.path("status").asString().equals(end)) {
            if (end.equals("failed")) {
                batch.put("status", end);
                batch.putObject("errors")
                        .putArray("data")
                        .addObject()
                        .put("code", "token_limit_exceeded")
                        .put("message", "too much at once");
                return batch;
            }
            StringBuilder output = new StringBuilder();
            StringBuilder errors = new StringBuilder();
            for (String line :
                    files.get(batch.path("input_file_id").asString()).lines().toList()) {
                String answered = answered(JSON.readTree(line));
                if (answered != null) {
                    (answered.contains("\"status_code\":200") ? output : errors)
                            .append(answered)
                            .append("\n");
                }
            }
            batch.putObject("request_counts")
                    .put("completed", output.toString().lines().count())
                    .put("failed", errors.toString().lines().count())
                    .put(
                            "total",
                            files.get(batch.path("input_file_id").asString())
                                    .lines()
                                    .count());
            ready.put(id, List.of(file(output.toString()), file(errors.toString())));
            batch.put("status", end);
        }
        List<String> written = ready.get(id);
        if (written != null && looks.get(id) >= LOOKS + lateLooks) {
            batch.put("output_file_id", written.get(0));
            batch.put("error_file_id", written.get(1));
        }
        return batch;
    }

    /** Keeps a failure for the end of the test; the client would only ask again. */
    private @Nullable String answered(JsonNode question) {
        try {
            return answer.apply(question);
        } catch (RuntimeException | AssertionError e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Stops.
     *
     * @throws AssertionError if an answer failed
     */
    @Override
    public void close() {
        server.close();
        if (failure != null) {
            throw new AssertionError("an answer failed", failure);
        }
    }
}
