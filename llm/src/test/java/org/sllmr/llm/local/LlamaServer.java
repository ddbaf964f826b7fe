// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.local;

import com.sun.net.httpserver.HttpExchange;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.sllmr.llm.openai.LoopbackServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** llama.cpp behind OpenAI's chat completions; a schema becomes a grammar that the model must follow. */
final class LlamaServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ReentrantLock one = new ReentrantLock();
    private final LlamaModel model;
    private final LoopbackServer server;
    /** What a reply without a schema must be, "" for anything; a random model would not end it. */
    volatile String grammar = "";

    private int asked;

    LlamaServer(Path file) throws IOException {
        LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
        model = new LlamaModel(new ModelParameters()
                .setModel(file.toString())
                .setCtxSize(8192)
                .setThreads(1)
                .setThreadsBatch(1)
                .skipWarmup()
                .disableLog());
        server = new LoopbackServer(this::answer);
    }

    String url() {
        return server.url();
    }

    private void answer(LoopbackServer.Request request, HttpExchange exchange) throws IOException {
        if (!request.path().equals("/v1/chat/completions")) {
            LoopbackServer.send(exchange, 404, "{\"error\": {\"message\": \"no such path\"}}");
            return;
        }
        JsonNode asked = JSON.readTree(request.body());
        StringBuilder prompt = new StringBuilder();
        for (JsonNode message : asked.path("messages")) {
            prompt.append(message.path("content").asString()).append("\n\n");
        }
        one.lock();
        try {
            LoopbackServer.send(exchange, 200, JSON.writeValueAsString(complete(asked, prompt.toString())));
        } finally {
            one.unlock();
        }
    }

    private ObjectNode complete(JsonNode request, String prompt) {
        int mostTokens = request.path("max_tokens").asInt();
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setTemperature(request.path("temperature").floatValue())
                .setSeed(++asked)
                .setNPredict(mostTokens);
        JsonNode schema = request.at("/response_format/json_schema/schema");
        if (schema.isObject()) {
            // The conversion supports ranges of whole numbers only.
            parameters.setGrammar(LlamaModel.jsonSchemaToGrammar(schema.toString())
                    .replaceAll("(?m)^number ::= .*$", "number ::= \"0.\" [0-9]{1,3} space"));
        }
        if (!schema.isObject() && !grammar.isEmpty()) {
            parameters.setGrammar(grammar);
        }
        String text = model.complete(parameters);
        int tokens = model.encode(text).length;
        ObjectNode completion = JSON.createObjectNode();
        ObjectNode choice = completion.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", tokens >= mostTokens ? "length" : "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        completion
                .putObject("usage")
                .put("prompt_tokens", model.encode(prompt).length)
                .put("completion_tokens", tokens)
                .put("total_tokens", 0);
        return completion;
    }

    @Override
    public void close() {
        server.close();
        model.close();
    }
}
