// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.sllmr.data.Seed;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;

/** A model in this process that answers correctly or fails in every way, depending on a seed, and counts both. */
public class FaultyModel implements LanguageModel {
    /** All ways to fail after which a request is retried. */
    public enum Fault {
        RATE_LIMITED,
        RATE_LIMITED_WITH_WAIT,
        SERVER_ERROR,
        SERVER_ERROR_WITH_WAIT,
        TIMEOUT,
        CUT_CONNECTION,
        NO_CONNECTION,
        MALFORMED_BODY,
        NOT_NUMBERS,
        TOO_FEW,
        TOO_MANY,
        OUT_OF_RANGE,
        NOT_A_NUMBER,
        NEGATIVE,
        TRUNCATED,
        REFUSED,
        EMPTY,
        BLANK,
        SLOW_BUT_RIGHT,
        RIGHT_WITHOUT_USAGE
    }

    private final Seed seed;
    private final double share;
    private final Duration latency;
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    final Map<Fault, AtomicInteger> injected = new ConcurrentHashMap<>();
    final Map<String, Long> expected = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<Long> sent = new ConcurrentLinkedQueue<>();
    final AtomicInteger underWay = new AtomicInteger();
    final AtomicInteger mostUnderWay = new AtomicInteger();
    final AtomicInteger replies = new AtomicInteger();
    final AtomicLong tokens = new AtomicLong();
    /** Number of attempts before the requested time to wait was over. */
    final AtomicInteger tooEarly = new AtomicInteger();

    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();

    public FaultyModel(long seed, double share, Duration latency) {
        this.seed = new Seed(seed);
        this.share = share;
        this.latency = latency;
    }

    @Override
    public String provider() {
        return "test";
    }

    @Override
    public String model() {
        return "faulty";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("temperature", "0");
    }

    @Override
    public String address() {
        return "here";
    }

    @Override
    public TokenCount tokens(String text) {
        return new TokenCount(text.split(" ", -1).length, true);
    }

    @Override
    public Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException {
        long now = System.nanoTime();
        sent.add(now);
        if (now < notBefore.getOrDefault(prompt.user(), Long.MIN_VALUE)) {
            tooEarly.incrementAndGet();
        }
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            underWay();
            int attempt = attempts.computeIfAbsent(prompt.user(), user -> new AtomicInteger())
                    .incrementAndGet();
            Thread.sleep(latency.toMillis());
            var random = seed.child(prompt.user()).child(attempt).generator();
            if (random.nextDouble() >= share) {
                return right(prompt, PlainForm.rightAnswer(prompt), true);
            }
            Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            injected.computeIfAbsent(fault, one -> new AtomicInteger()).incrementAndGet();
            return fail(fault, prompt);
        } finally {
            underWay.decrementAndGet();
        }
    }

    /** Called while each request is under way; a test may wait here. */
    void underWay() throws InterruptedException {}

    private Reply fail(Fault fault, Prompt prompt) throws ProviderException, InterruptedException {
        String right = PlainForm.rightAnswer(prompt);
        return switch (fault) {
            case RATE_LIMITED -> throw failure(ProviderException.Kind.RATE_LIMITED, "rate-limited", 0, prompt);
            case RATE_LIMITED_WITH_WAIT ->
                throw failure(ProviderException.Kind.RATE_LIMITED, "rate-limited", 60, prompt);
            case SERVER_ERROR -> throw failure(ProviderException.Kind.SERVER, "server", 0, prompt);
            case SERVER_ERROR_WITH_WAIT -> throw failure(ProviderException.Kind.SERVER, "server", 40, prompt);
            case TIMEOUT -> throw failure(ProviderException.Kind.TIMEOUT, "timeout", 0, prompt);
            case CUT_CONNECTION, NO_CONNECTION ->
                throw failure(ProviderException.Kind.CONNECTION, "connection", 0, prompt);
            case MALFORMED_BODY -> throw failure(ProviderException.Kind.MALFORMED, "malformed", 0, prompt);
            case NOT_NUMBERS -> wrong(prompt, "not-json", "I " + right.substring(right.indexOf(' ') + 1));
            case TOO_FEW -> wrong(prompt, "missing-item", right.substring(right.indexOf(' ') + 1));
            case TOO_MANY -> wrong(prompt, "unknown-item", right + " 0.5");
            case OUT_OF_RANGE -> wrong(prompt, "score-out-of-range", "1.01" + right.substring(right.indexOf(' ')));
            case NOT_A_NUMBER -> wrong(prompt, "score-out-of-range", "NaN" + right.substring(right.indexOf(' ')));
            case NEGATIVE -> wrong(prompt, "score-out-of-range", "-0.5" + right.substring(right.indexOf(' ')));
            case TRUNCATED -> wrong(prompt, "truncated", new Reply(right, Reply.Finish.TRUNCATED, 10, 200, List.of()));
            case REFUSED -> wrong(prompt, "refused", new Reply("No.", Reply.Finish.REFUSED, 10, 1, List.of()));
            case EMPTY -> wrong(prompt, "empty", "");
            case BLANK -> wrong(prompt, "empty", " \n");
            case SLOW_BUT_RIGHT -> {
                Thread.sleep(20 * latency.toMillis());
                yield right(prompt, right, true);
            }
            case RIGHT_WITHOUT_USAGE -> right(prompt, right, false);
        };
    }

    private ProviderException failure(ProviderException.Kind kind, String name, long waitMillis, Prompt prompt) {
        expected.merge(name, 1L, Long::sum);
        if (waitMillis > 0) {
            notBefore.put(prompt.user(), System.nanoTime() + waitMillis * 1_000_000);
        }
        return new ProviderException(
                kind,
                "injected",
                waitMillis > 0 ? Optional.of(Duration.ofMillis(waitMillis)) : Optional.empty(),
                new IllegalStateException("injected"));
    }

    private Reply wrong(Prompt prompt, String name, String text) {
        return wrong(
                prompt,
                name,
                new Reply(text, Reply.Finish.COMPLETE, tokens(prompt.user()).tokens(), 20, List.of()));
    }

    private Reply wrong(Prompt prompt, String name, Reply reply) {
        assert !prompt.user().isEmpty();
        expected.merge(name, 1L, Long::sum);
        tokens.addAndGet(reply.promptTokens() + reply.replyTokens());
        return reply;
    }

    private Reply right(Prompt prompt, String text, boolean usage) {
        replies.incrementAndGet();
        int promptTokens = tokens(prompt.user()).tokens();
        tokens.addAndGet(promptTokens + 20);
        return new Reply(text, Reply.Finish.COMPLETE, usage ? promptTokens : -1, usage ? 20 : -1, List.of());
    }

    /** The faults that the run must have counted. */
    Map<String, Long> faults() {
        return new TreeMap<>(expected);
    }

    @Override
    public void close() {}
}
