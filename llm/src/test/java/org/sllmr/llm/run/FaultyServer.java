// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sllmr.data.Seed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A local chat completions server that answers correctly or, for requests chosen by a seed, fails in every way in turn.
 */
public final class FaultyServer implements AutoCloseable {
    /** All ways to fail, with the name under which they are counted, "" for correct answers. */
    public enum Fault {
        RATE_LIMITED("rate-limited"),
        RATE_LIMITED_FOR_MILLIS("rate-limited"),
        RATE_LIMITED_FOR_A_SECOND("rate-limited"),
        RATE_LIMITED_UNTIL("rate-limited"),
        INTERNAL_ERROR("server"),
        BAD_GATEWAY("server"),
        UNAVAILABLE_FOR_MILLIS("server"),
        HANGING("timeout"),
        HANGING_BODY("timeout"),
        REQUEST_TIMEOUT("timeout"),
        CUT_BEFORE_THE_ANSWER("connection"),
        CUT_IN_THE_BODY("connection"),
        SLOW_BUT_RIGHT(""),
        NO_USAGE_BUT_RIGHT(""),
        FENCED_BUT_RIGHT(""),
        HTML("malformed"),
        EMPTY_BODY("malformed"),
        HALF_JSON("malformed"),
        NO_CHOICES("malformed"),
        ANOTHER_OBJECT("malformed"),
        NOT_JSON("not-json"),
        WRONG_FORM("wrong-form"),
        UNKNOWN_ITEM("unknown-item"),
        DOUBLED_ITEM("doubled-item"),
        MISSING_ITEM("missing-item"),
        TOO_HIGH("score-out-of-range"),
        NEGATIVE("score-out-of-range"),
        WORDS_FOR_SCORES("score-out-of-range"),
        TRUNCATED("truncated"),
        REFUSED("refused"),
        FILTERED("refused"),
        EMPTY_ANSWER("empty"),
        OVERLOADED("server"),
        ERROR_IN_A_SUCCESS("server"),
        ERROR_AS_TEXT_IN_A_SUCCESS("server"),
        RATE_LIMIT_IN_A_SUCCESS("rate-limited"),
        ERROR_IN_A_CHOICE("server"),
        FENCED_TIGHTLY_BUT_RIGHT(""),
        THOUGHT_BUT_RIGHT(""),
        THOUGHT_WITHOUT_BEGINNING_BUT_RIGHT(""),
        THOUGHT_WITHOUT_END_BUT_RIGHT(""),
        THOUGHT_AND_NO_ANSWER("not-json"),
        REASONING_ALONE_BUT_RIGHT(""),
        REASONING_CUT("truncated"),
        MARKS_BUT_RIGHT(""),
        PARTS_BUT_RIGHT("");

        final String counted;

        Fault(String counted) {
            this.counted = counted;
        }
    }

    /** The ways that do not depend on the form of the answer. */
    static final List<Fault> OF_ALL_FORMS = Arrays.stream(Fault.values())
            .filter(fault -> !List.of(
                            Fault.FENCED_TIGHTLY_BUT_RIGHT,
                            Fault.NOT_JSON,
                            Fault.WRONG_FORM,
                            Fault.UNKNOWN_ITEM,
                            Fault.DOUBLED_ITEM,
                            Fault.MISSING_ITEM,
                            Fault.TOO_HIGH,
                            Fault.NEGATIVE,
                            Fault.WORDS_FOR_SCORES,
                            Fault.THOUGHT_WITHOUT_END_BUT_RIGHT,
                            Fault.THOUGHT_AND_NO_ANSWER,
                            Fault.REASONING_ALONE_BUT_RIGHT)
                    .contains(fault))
            .toList();

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CANDIDATE = Pattern.compile("\\{\"item\": (\\d+), \"title\": \"thing (\\d+)\"}");
    private static final Pattern HISTORY = Pattern.compile("\\{\"title\": \"thing (\\d+)\"}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Seed seed;
    private final double share;
    private final long latencyMillis;
    private final List<Fault> faults;
    private final UnaryOperator<String> rightAnswer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    final Map<Fault, Integer> injected = new ConcurrentHashMap<>();
    public final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
    public final AtomicInteger mostUnderWay = new AtomicInteger();
    /** Number of right answers, counted before they are sent, so that none is received that is not counted. */
    public final AtomicInteger right = new AtomicInteger();

    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * Starts.
     *
     * @param share share of requests that fail
     */
    public FaultyServer(long seed, double share, long latencyMillis) throws IOException {
        this(seed, share, latencyMillis, List.of(Fault.values()), FaultyServer::answer);
    }

    /**
     * Starts a server that fails in some ways, and else gives this answer to a question. The first requests fail in all
     * these ways, one after the other, so that a run with as many requests always meets every way.
     */
    FaultyServer(long seed, double share, long latencyMillis, List<Fault> faults, UnaryOperator<String> rightAnswer)
            throws IOException {
        this.faults = faults;
        this.rightAnswer = rightAnswer;
        this.seed = new Seed(seed);
        this.share = share;
        this.latencyMillis = latencyMillis;
        // Otherwise each answer waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The correct score. */
    public static float score(int[] history, int item) {
        return (float) Math.floorMod(Arrays.hashCode(history) * 31 + item * 17, 101) / 100;
    }

    /** The faults that the run must have counted, unless some replies came too late for it. */
    public Map<String, Long> faults() {
        Map<String, Long> counted = new TreeMap<>();
        injected.forEach((fault, number) -> {
            if (!fault.counted.isEmpty()) {
                counted.merge(fault.counted, (long) number, Long::sum);
            }
        });
        return counted;
    }

    /** Connections that faults have closed. */
    long cut() {
        return injected.entrySet().stream()
                .filter(entry -> List.of("connection", "timeout").contains(entry.getKey().counted))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void handle(HttpExchange exchange) throws IOException {
        times.add(System.nanoTime());
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        boolean ended = false;
        try {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String question = body.path("messages").get(1).path("content").asString();
            asked.add(question);
            int attempt = attempts.computeIfAbsent(question, one -> new AtomicInteger())
                    .incrementAndGet();
            Thread.sleep(latencyMillis);
            boolean everyFaultWasInjected = share == 0 || wrong.get() >= faults.size();
            if (everyFaultWasInjected
                    && seed.child(question).child(attempt).generator().nextDouble() >= share) {
                String answer = completion(rightAnswer.apply(question), "stop", true);
                right.incrementAndGet();
                // Before the client can send its next request.
                underWay.decrementAndGet();
                ended = true;
                send(exchange, 200, answer);
            } else {
                Fault fault = faults.get(wrong.getAndIncrement() % faults.size());
                injected.merge(fault, 1, Integer::sum);
                right.addAndGet(fault.counted.isEmpty() ? 1 : 0);
                fail(exchange, fault, question);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended) {
                underWay.decrementAndGet();
            }
            exchange.close();
        }
    }

    private void fail(HttpExchange exchange, Fault fault, String question) throws IOException, InterruptedException {
        byte[] whole = completion(rightAnswer.apply(question), "stop", true).getBytes(StandardCharsets.UTF_8);
        switch (fault) {
            case RATE_LIMITED_FOR_MILLIS -> send(exchange, 429, error("slow down"), "retry-after-ms", "30");
            case RATE_LIMITED_FOR_A_SECOND -> send(exchange, 429, error("slow down"), "Retry-After", "1");
            case RATE_LIMITED_UNTIL ->
                send(
                        exchange,
                        429,
                        error("slow down"),
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1)));
            case UNAVAILABLE_FOR_MILLIS -> send(exchange, 503, "", "retry-after-ms", "20");
            // Until the client gives up, however late.
            case HANGING -> closed.await();
            case HANGING_BODY -> {
                sendHalf(exchange, whole);
                closed.await();
            }
            case CUT_BEFORE_THE_ANSWER -> {}
            case CUT_IN_THE_BODY -> sendHalf(exchange, whole);
            case SLOW_BUT_RIGHT -> {
                Thread.sleep(10 * latencyMillis);
                send(exchange, 200, completion(rightAnswer.apply(question), "stop", true));
            }
            default -> {
                Response response = response(fault, question, rightAnswer).orElseThrow();
                send(exchange, response.status(), response.body());
            }
        }
    }

    private static void sendHalf(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
    }

    /** The response to a question with a fault. */
    record Response(int status, String body) {
        private static Optional<Response> ok(String body) {
            return Optional.of(new Response(200, body));
        }

        private static Optional<Response> answered(String content) {
            return ok(completion(content, "stop", true));
        }
    }

    /** The response to a question with a fault, if there is one. */
    static Optional<Response> response(Fault fault, String question) {
        return response(fault, question, FaultyServer::answer);
    }

    private static Optional<Response> response(Fault fault, String question, UnaryOperator<String> rightAnswer) {
        String right = rightAnswer.apply(question);
        String draft = right.replaceAll("\"score\":[0-9.]+", "\"score\":0.77");
        return switch (fault) {
            case HANGING, HANGING_BODY, CUT_BEFORE_THE_ANSWER, CUT_IN_THE_BODY -> Optional.empty();
            case RATE_LIMITED, RATE_LIMITED_FOR_MILLIS, RATE_LIMITED_FOR_A_SECOND, RATE_LIMITED_UNTIL ->
                Optional.of(new Response(429, error("slow down")));
            case INTERNAL_ERROR -> Optional.of(new Response(500, error("sorry")));
            case BAD_GATEWAY -> Optional.of(new Response(502, "<html>bad gateway</html>"));
            case UNAVAILABLE_FOR_MILLIS -> Optional.of(new Response(503, ""));
            case OVERLOADED -> Optional.of(new Response(529, error("overloaded")));
            case REQUEST_TIMEOUT -> Optional.of(new Response(408, error("too slow")));
            case SLOW_BUT_RIGHT -> Response.answered(right);
            case NO_USAGE_BUT_RIGHT -> Response.ok(completion(right, "stop", false));
            case FENCED_BUT_RIGHT -> Response.answered("```json\n" + right + "\n```");
            case FENCED_TIGHTLY_BUT_RIGHT -> Response.answered("```json" + right + "```");
            case THOUGHT_BUT_RIGHT -> Response.answered("<think>\nperhaps " + draft + "\n</think>\n\n" + right);
            case THOUGHT_WITHOUT_BEGINNING_BUT_RIGHT -> Response.answered("Hm. " + draft + "</think>" + right);
            case THOUGHT_WITHOUT_END_BUT_RIGHT ->
                Response.answered("<reasoning>First " + draft + ", no, rather\n" + right);
            case THOUGHT_AND_NO_ANSWER -> Response.answered("<think>" + draft + "</think>I would rather not say.");
            case REASONING_ALONE_BUT_RIGHT ->
                Response.ok(completion("", "stop", true)
                        .replace(
                                "\"refusal\":null",
                                "\"refusal\":null,\"reasoning_content\":" + JSON.writeValueAsString(right)));
            case REASONING_CUT ->
                Response.ok(completion("", "length", true)
                        .replace("\"refusal\":null", "\"refusal\":null,\"reasoning\":\"Let me think\""));
            case MARKS_BUT_RIGHT -> Response.answered("<|start|>" + right + "<|im_end|>\n</s>");
            case PARTS_BUT_RIGHT ->
                Response.ok(completion("", "stop", true)
                        .replace(
                                "\"content\":\"\"",
                                "\"content\":[{\"type\":\"text\",\"text\":" + JSON.writeValueAsString(right) + "}]"));
            case HTML -> Response.ok("<html>Welcome to the hotel's network</html>");
            case EMPTY_BODY -> Response.ok("");
            case HALF_JSON -> Response.ok(completion(right, "stop", true).substring(0, 60));
            case NO_CHOICES ->
                Response.ok("{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[]}");
            case ANOTHER_OBJECT -> Response.ok("{\"status\":\"ok\"}");
            case ERROR_IN_A_SUCCESS -> Response.ok("{\"error\":{\"message\":\"upstream died\",\"code\":502}}");
            case ERROR_AS_TEXT_IN_A_SUCCESS -> Response.ok("{\"error\":\"the model is loading\"}");
            case RATE_LIMIT_IN_A_SUCCESS -> Response.ok("{\"error\":{\"message\":\"slow down\",\"code\":429}}");
            case ERROR_IN_A_CHOICE ->
                Response.ok(completion("", "error", true)
                        .replace(
                                "{\"index\":0,",
                                "{\"index\":0,\"error\":{\"code\":502,\"message\":\"upstream died\"},"));
            case NOT_JSON -> Response.answered("Here you are: " + right.substring(1));
            case WRONG_FORM -> Response.answered(right.replace("\"score\"", "\"points\""));
            case UNKNOWN_ITEM -> Response.answered(right.replace("\"item\":1,", "\"item\":999,"));
            case DOUBLED_ITEM -> Response.answered(right.replace("\"item\":2,", "\"item\":1,"));
            case MISSING_ITEM -> Response.answered("{\"scores\":[]}");
            case TOO_HIGH -> Response.answered(right.replaceFirst("\"score\":[0-9.]+", "\"score\":1.5"));
            case NEGATIVE -> Response.answered(right.replaceFirst("\"score\":[0-9.]+", "\"score\":-0.01"));
            case WORDS_FOR_SCORES -> Response.answered(right.replaceFirst("\"score\":[0-9.]+", "\"score\":\"high\""));
            case TRUNCATED -> Response.ok(completion(right.substring(0, right.length() / 2), "length", true));
            case REFUSED ->
                Response.ok(completion("", "stop", true)
                        .replace("\"refusal\":null", "\"refusal\":\"I cannot help with that.\""));
            case FILTERED -> Response.ok(completion("", "content_filter", true));
            case EMPTY_ANSWER -> Response.answered("");
        };
    }

    /** The items of the history in a question. */
    public static List<Integer> history(String question) {
        return HISTORY.matcher(question)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }

    /** The right answer: scores, or a text to a question without candidates. */
    static String answer(String question) {
        if (!question.contains("Candidates:")) {
            return text(question);
        }
        int[] history = history(question).stream().mapToInt(Integer::intValue).toArray();
        List<MatchResult> candidates =
                new ArrayList<>(CANDIDATE.matcher(question).results().toList());
        return "{\"scores\":["
                + String.join(
                        ",",
                        IntStream.range(0, candidates.size())
                                .mapToObj(index -> "{\"item\":"
                                        + candidates.get(index).group(1) + ",\"score\":"
                                        + score(
                                                history,
                                                Integer.parseInt(
                                                        candidates.get(index).group(2))) + "}")
                                .toList())
                + "]}";
    }

    /** The right ranking: by score, of equal ones the smaller number first. */
    static String ranking(String question) {
        int[] history = history(question).stream().mapToInt(Integer::intValue).toArray();
        List<String> numbers = CANDIDATE
                .matcher(question)
                .results()
                .sorted(Comparator.<MatchResult>comparingDouble(
                                match -> -score(history, Integer.parseInt(match.group(2))))
                        .thenComparingInt(match -> Integer.parseInt(match.group(2))))
                .map(match -> match.group(1))
                .toList();
        return "{\"ranking\":[" + String.join(",", numbers) + "]}";
    }

    /** The right text: words that only this question has. */
    static String text(String question) {
        return "It is known that \"" + Integer.toHexString(question.hashCode()) + "\" suits\nthose who took "
                + history(question) + ".";
    }

    private static String error(String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"test\",\"code\":null}}";
    }

    private static String completion(String content, String finish, boolean usage) {
        return "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"finish_reason\":\"" + finish + "\",\"message\":{\"role\":\"assistant\",\"content\":"
                + JSON.writeValueAsString(content) + ",\"refusal\":null}}]"
                + (usage ? ",\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120}" : "")
                + "}";
    }

    private static void send(HttpExchange exchange, int status, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        for (int index = 0; index < headers.length; index += 2) {
            exchange.getResponseHeaders().set(headers[index], headers[index + 1]);
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
