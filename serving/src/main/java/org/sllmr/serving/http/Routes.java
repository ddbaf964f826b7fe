// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.format.Manifest;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.data.Build;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;
import tools.jackson.databind.json.JsonMapper;

/** What the server answers, by address. */
final class Routes {
    private static final Logger LOGGER = LoggerFactory.getLogger(Routes.class);
    private static final String JSON = "application/json";
    private static final int FOUND = 30;
    private static final SettingsReader<Bodies.Recommend> BODIES =
            SettingsReader.of(Bodies.Recommend.class, Variants.none());
    /** The page loads nothing from elsewhere, and nobody may frame it. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ServerSettings settings;
    private final Models models;
    private final Gate gate;
    private final ServerMetrics metrics = new ServerMetrics();
    private final byte[] page = resource("page.html");
    private final byte[] openApi = resource("openapi.json");
    /** Methods and paths, as OpenAPI writes them. */
    private final Map<String, String> paths = new TreeMap<>();

    Routes(ServerSettings settings, Models models, Gate gate) {
        this.settings = settings;
        this.models = models;
        this.gate = gate;
    }

    /** An answer that is written as JSON. */
    @FunctionalInterface
    private interface Operation {
        Object answer(Context context, long start, String body) throws Refusal, IOException;
    }

    /** Reads what a request says. */
    @FunctionalInterface
    private interface Body {
        String of(Context context) throws Refusal;
    }

    /** Paths with their methods. */
    Map<String, String> paths() {
        return paths;
    }

    void add(RoutesConfig routes) {
        raw(routes, "/", "text/html; charset=utf-8", context -> page);
        raw(routes, "/openapi.json", JSON, context -> openApi);
        paths.put("/metrics", "get");
        // They are wanted most when too many requests are under way, so they take no place among them.
        routes.get(
                "/metrics",
                handler(
                        "metrics",
                        (context, start, body) -> {
                            context.contentType(metrics.contentType());
                            return metrics.text(models);
                        },
                        context -> "",
                        false));
        health(routes, "/v2/health/live", () -> true, "live");
        health(routes, "/v2/health/ready", gate::isOpen, "ready");
        get(
                routes,
                "/v2",
                "server",
                (context, start, body) ->
                        Map.of("name", "sllmr", "version", Build.current().version(), "extensions", List.of()));
        for (String version : List.of("", "/versions/{version}")) {
            get(
                    routes,
                    "/v2/models/{model}" + version,
                    "metadata",
                    (context, start, body) -> Inference.Metadata.of(model(context)));
            get(
                    routes,
                    "/v2/models/{model}" + version + "/ready",
                    "model ready",
                    (context, start, body) -> Map.of("name", model(context).name(), "ready", true));
            post(routes, "/v2/models/{model}" + version + "/infer", "infer", this::infer);
        }
        post(
                routes,
                "/recommend/{model}",
                "recommend",
                (context, start, body) -> recommend(context, start, body, false));
        post(routes, "/rank/{model}", "rank", (context, start, body) -> recommend(context, start, body, true));
        get(routes, "/items/<item>/similar", "similar", this::similar);
        get(
                routes,
                "/models",
                "models",
                (context, start, body) -> new Replies.Served(
                        models.all().stream().map(Routes::listed).toList()));
        get(
                routes,
                "/models/{model}/items",
                "search",
                (context, start, body) ->
                        new Replies.Found(found(model(context).recommender().catalogue(), context)));
        get(
                routes,
                "/models/{model}/users",
                "users",
                (context, start, body) -> new Replies.Users(Search.users(
                        model(context).recommender().users(),
                        parameter(context, "q").orElse(""),
                        FOUND)));
        get(routes, "/models/{model}/users/<user>", "user", (context, start, body) -> user(context));
        routes.exception(HttpResponseException.class, (e, context) -> {
            if (e.getStatus() == 405) {
                context.header("Allow", methods(e));
            }
            failed(
                    context,
                    e.getStatus(),
                    e.getStatus() == 413
                            ? "the body is too long"
                            : "there is no such address with that method; /openapi.json lists them");
        });
        routes.exception(Exception.class, (e, context) -> {
            LOGGER.error("a request failed", e);
            failed(context, 500, "the server failed");
        });
    }

    /** The methods that an address has; one that is read has its head too. */
    private static String methods(HttpResponseException notAllowed) {
        String methods = String.valueOf(notAllowed.getDetails().getOrDefault("availableMethods", ""));
        return methods.contains("GET") && !methods.contains("HEAD") ? methods + ", HEAD" : methods;
    }

    private void raw(RoutesConfig routes, String path, String type, Function<Context, byte[]> content) {
        paths.put(path, "get");
        routes.get(path, context -> {
            context.header("Content-Security-Policy", POLICY);
            context.header("X-Content-Type-Options", "nosniff");
            context.contentType(type).result(content.apply(context));
        });
    }

    private void health(RoutesConfig routes, String path, BooleanSupplier good, String key) {
        paths.put(path, "get");
        routes.get(path, context -> {
            context.status(good.getAsBoolean() ? 200 : 503);
            write(context, Map.of(key, good.getAsBoolean()));
        });
    }

    private void get(RoutesConfig routes, String path, String name, Operation operation) {
        paths.put(path.replaceAll("<(.*?)>", "{$1}"), "get");
        routes.get(path, handler(name, operation, context -> "", true));
    }

    private void post(RoutesConfig routes, String path, String name, Operation operation) {
        paths.put(path, "post");
        routes.post(path, handler(name, operation, gate::body, true));
    }

    /** Answers a request, which is one of those that are limited in number, or not. */
    private Handler handler(String name, Operation operation, Body bodies, boolean limited) {
        return context -> {
            long start = System.nanoTime();
            boolean entered = false;
            try {
                gate.require(context);
                // Clients that are slow to send theirs hold up nobody.
                String body = bodies.of(context);
                start = System.nanoTime();
                if (limited) {
                    metrics.underWay(gate.enter());
                    entered = true;
                }
                Object answer = operation.answer(context, start, body);
                if (answer instanceof byte[] bytes) {
                    context.result(bytes);
                } else {
                    write(context, answer);
                }
            } catch (Refusal e) {
                if (e.status() == 429) {
                    context.header("Retry-After", "1");
                } else if (e.status() == 401) {
                    context.header("WWW-Authenticate", "Bearer");
                }
                failed(context, e.status(), String.valueOf(e.getMessage()));
            } catch (TooLateException e) {
                context.header("Retry-After", "1");
                failed(context, 503, "the answer takes longer than " + settings.maxSeconds() + " seconds");
            } catch (InvalidInputException e) {
                context.status(400);
                write(context, new Replies.Failure(String.valueOf(e.getMessage()), e.problems()));
            } finally {
                if (entered) {
                    metrics.underWay(gate.leave());
                }
                metrics.request(
                        name,
                        Optional.ofNullable(context.pathParamMap().get("model"))
                                .or(() -> parameter(context, "model"))
                                .flatMap(models::find)
                                .map(Models.Served::name)
                                .orElse(""),
                        context.statusCode(),
                        (System.nanoTime() - start) / 1e9);
            }
        };
    }

    private static void write(Context context, Object answer) {
        context.contentType(JSON).result(JsonMapper.shared().writeValueAsBytes(answer));
    }

    private static void failed(Context context, int status, String message) {
        context.status(status);
        write(context, new Replies.Failure(message, List.of()));
    }

    private Models.Served model(Context context) throws Refusal {
        return model(context.pathParam("model"), context.pathParamMap().get("version"));
    }

    private Models.Served model(String name, @Nullable String version) throws Refusal {
        Models.Served model = models.find(name)
                .orElseThrow(() -> new Refusal(
                        404,
                        "there is no model '" + shortened(name) + "'; there are "
                                + models.all().stream().map(Models.Served::name).collect(Collectors.joining(", "))));
        if (version != null && !version.equals(model.version())) {
            throw new Refusal(404, "model '" + model.name() + "' has version " + model.version() + " only");
        }
        return model;
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    private Object infer(Context context, long start, String json) throws Refusal {
        Deadline deadline = deadline();
        Models.Served model = model(context);
        Inference.Rows rows = Inference.read(json, settings.maxItems());
        List<Float> scores = Inference.scores(rows, model.recommender(), deadline);
        metrics.scored(model.name(), scores.size());
        return new Inference.Answer(
                model.name(),
                model.version(),
                rows.id(),
                List.of(new Inference.Output("score", "FP32", List.of(scores.size()), scores)));
    }

    private Object recommend(Context context, long start, String json, boolean ranking) throws Refusal {
        Deadline deadline = deadline();
        Models.Served model = model(context);
        Bodies.Recommend body = BODIES.json("body", json).read();
        if (body.longest() > settings.maxItems()) {
            throw new Refusal(
                    400, "history, candidates and newItems may have " + settings.maxItems() + " items at most");
        }
        Recommender recommender = model.recommender();
        Request request = ranking ? ranking(body) : body.request(Math.min(Request.DEFAULT_K, settings.maxK()));
        if (body.k().isPresent()) {
            checkK(request.k());
        }
        Recommendations answer = recommender.recommend(request, deadline);
        metrics.scored(
                model.name(),
                request.candidates()
                        .map(List::size)
                        .orElse(recommender.catalogue().size()));
        metrics.basis(model.name(), request.user().isPresent(), answer.basis());
        return Replies.Ranked.of(System.nanoTime() - start, model, answer, body.details());
    }

    /** Every candidate has a place, those that were seen too, unless the request says how many have. */
    private Request ranking(Bodies.Recommend body) throws Refusal {
        int count = body.candidates()
                .orElseThrow(() -> new Refusal(400, "candidates are missing; name the items to rank"))
                .size();
        return body.request(Math.max(1, Math.min(settings.maxK(), count))).withSeen(true);
    }

    /** Begins when the body is there, which has a time limit of its own. */
    private Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(settings.maxSeconds()));
    }

    private void checkK(int k) throws Refusal {
        if (k > settings.maxK()) {
            throw new Refusal(400, "k is " + k + ", allowed is up to " + settings.maxK());
        }
    }

    private Object similar(Context context, long start, String body) throws Refusal {
        Deadline deadline = deadline();
        String name = parameter(context, "model").orElse(models.all().get(0).name());
        Models.Served model = model(name, null);
        int k = parameter(context, "k").isPresent()
                ? number(parameter(context, "k").get())
                : Math.min(Request.DEFAULT_K, settings.maxK());
        checkK(k);
        String item = context.pathParam("item");
        if (model.recommender().catalogue().ids().indexOf(item) < 0) {
            throw new Refusal(404, "there is no item '" + shortened(item) + "'");
        }
        Recommendations answer = model.recommender().similar(item, k, deadline);
        return Replies.Ranked.of(
                System.nanoTime() - start,
                model,
                answer,
                parameter(context, "details").isPresent());
    }

    private static int number(String k) throws Refusal {
        if (!k.matches("[0-9]{1,6}")) {
            throw new Refusal(400, "k is '" + shortened(k) + "', a whole number is needed, such as 10");
        }
        return Integer.parseInt(k);
    }

    private static Optional<String> parameter(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name));
    }

    private static Replies.Listed listed(Models.Served model) {
        Recommender recommender = model.recommender();
        return new Replies.Listed(
                model.name(),
                model.version(),
                recommender.manifest().run().backbone(),
                recommender.manifest().run().guidance(),
                recommender.manifest().blend().map(Manifest.Blend::teacher),
                recommender.manifest().items(),
                recommender.manifest().users(),
                !recommender.users().isEmpty(),
                recommender.catalogue().fields().stream().map(Column::name).toList(),
                recommender.catalogue().texts().stream()
                        .map(Catalogue.TextColumn::name)
                        .toList());
    }

    private static List<Replies.Shown> found(Catalogue catalogue, Context context) {
        Optional<String> ids = parameter(context, "ids");
        if (ids.isPresent()) {
            return Arrays.stream(ids.get().split(","))
                    .limit(FOUND)
                    .mapToInt(catalogue.ids()::indexOf)
                    .filter(item -> item >= 0)
                    .mapToObj(item -> Replies.Shown.of(catalogue, item))
                    .toList();
        }
        return Search.items(catalogue, parameter(context, "q").orElse(""), FOUND);
    }

    private Object user(Context context) throws Refusal {
        Recommender recommender = model(context).recommender();
        String user = context.pathParam("user");
        List<String> history = recommender.history(user);
        return new Replies.User(
                user,
                recommender.knows(user),
                history.subList(Math.max(0, history.size() - FOUND), history.size()).stream()
                        .map(item -> Replies.Shown.of(
                                recommender.catalogue(),
                                recommender.catalogue().ids().indexOf(item)))
                        .toList());
    }

    private static byte[] resource(String name) {
        try (InputStream in = Routes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build has no " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
