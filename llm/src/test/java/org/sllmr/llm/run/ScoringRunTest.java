// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.Normalization;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoreSummary;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTable;

class ScoringRunTest {
    private static final AskingSettings.Retries QUICK = new AskingSettings.Retries(100, 100, 0.002, 0.02);
    private static final AskingSettings.Breaker PATIENT = new AskingSettings.Breaker(1000, 1, 10);

    @TempDir
    private Path folder;

    private static AskingSettings settings(int concurrency) {
        return new AskingSettings(
                concurrency,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                QUICK,
                PATIENT,
                AskingSettings.Answers.defaults());
    }

    private AskingResult run(Questions questions, FaultyModel model, Requests requests, AskingSettings settings)
            throws IOException, InterruptedException {
        return new ScoringRun(requests, model, new TokenPrice(2, 10), settings)
                .run(folder.resolve("store"), AskingListener.NONE);
    }

    private TeacherTable table() throws IOException {
        try (StoreReader store = StoreReader.open(folder.resolve("store"))) {
            return StoredScores.table(store, new Normalization.None()).table();
        }
    }

    private StoreSummary summary() throws IOException {
        try (StoreReader store = StoreReader.open(folder.resolve("store"))) {
            return store.summary();
        }
    }

    private static void assertEqual(TeacherTable table, TeacherTable expected) {
        assertThat(table.offsets()).isEqualTo(expected.offsets());
        assertThat(table.items()).isEqualTo(expected.items());
        assertThat(table.scores()).isEqualTo(expected.scores());
    }

    @Test
    void noPromptShowsHeldOutInteractions() throws IOException, InterruptedException {
        Questions questions = Questions.of(60, 12, 5).withHeldOutUsers();
        FaultyModel model = new FaultyModel(5, 0, Duration.ZERO);
        Requests requests = questions.requests(model, 10, 1);
        assertThat(run(questions, model, requests, settings(4)).end()).isEqualTo(AskingEnd.DONE);
        // The correct answer depends on the history in the prompt.
        assertEqual(table(), questions.right());
        long tokens = Forecast.of(requests, model, new TokenPrice(1, 1)).promptTokens();
        Questions all = Questions.of(60, 12, 5);
        assertThat(tokens)
                .isLessThan(Forecast.of(all.requests(model, 10, 1), model, new TokenPrice(1, 1))
                        .promptTokens());
    }

    @Test
    void everyScoreIsRightAndEveryFaultCounted() throws IOException, InterruptedException {
        int users = Integer.getInteger("sllmr.scoring.users", 350);
        long seed = Long.getLong("sllmr.seed", 1);
        Questions questions = Questions.of(users, 30, seed);
        // The first ones wait for each other, so that many are under way at once on any machine.
        CountDownLatch together = new CountDownLatch(17);
        FaultyModel model = new FaultyModel(seed, 0.4, Duration.ofMillis(2)) {
            @Override
            void underWay() throws InterruptedException {
                together.countDown();
                together.await(60, TimeUnit.SECONDS);
            }
        };
        Requests requests = questions.requests(model, 10, 2);
        AskingResult result = run(questions, model, requests, settings(64));
        assertThat(result.end()).as("seed %d", seed).isEqualTo(AskingEnd.DONE);
        assertEqual(table(), questions.right());
        assertThat(result.progress().faults()).as("seed %d", seed).isEqualTo(model.faults());
        StoreSummary summary = summary();
        assertThat(summary.faults()).containsExactlyInAnyOrderEntriesOf(model.faults());
        assertThat(summary.requests()).isEqualTo(requests.size()).isEqualTo(summary.answered());
        assertThat(summary.attempts()).isEqualTo(model.sent.size());
        assertThat(summary.scores()).isEqualTo(2L * questions.plan().size());
        assertThat(summary.running()).contains(false);
        assertThat(model.injected).as("kinds of faults").hasSize(FaultyModel.Fault.values().length);
        assertThat(model.tooEarly).as("sent before Retry-After").hasValue(0);
        assertThat(model.mostUnderWay.get()).isLessThanOrEqualTo(64).isGreaterThan(16);
        assertThat(model.replies).as("right replies").hasValue(requests.size());
    }

    @Test
    void laterRunsAskOnlyWhatIsMissing() throws IOException, InterruptedException {
        Questions questions = Questions.of(40, 12, 1);
        FaultyModel model = new FaultyModel(1, 0, Duration.ZERO);
        run(questions, model, questions.requests(model, 5, 1), settings(4));
        int first = model.sent.size();
        AskingResult again = run(questions, model, questions.requests(model, 5, 1), settings(4));
        assertThat(model.sent).hasSize(first);
        assertThat(again.progress().answeredBefore()).isEqualTo(first);
        run(questions, model, questions.requests(model, 5, 3), settings(4));
        assertThat(model.sent).hasSize(3 * first);
        assertEqual(table(), questions.right());
        assertThat(summary().runs()).isEqualTo(3);
    }

    @Test
    void aStoreRefusesOtherQuestions() throws IOException, InterruptedException {
        Questions questions = Questions.of(10, 4, 1);
        FaultyModel model = new FaultyModel(1, 0, Duration.ZERO);
        run(questions, model, questions.requests(model, 5, 1), settings(2));
        Questions others = Questions.of(10, 4, 2);
        assertThatThrownBy(() -> run(others, model, others.requests(model, 3, 1), settings(2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("answers for the plan")
                .hasMessageContaining("answers for the candidates of a request 5, but this run is for 3");
    }

    @Test
    void theBudgetIsNeverExceeded() throws IOException, InterruptedException {
        Questions questions = Questions.of(300, 10, 3);
        FaultyModel model = new FaultyModel(3, 0.2, Duration.ofMillis(1));
        Requests requests = questions.requests(model, 10, 1);
        double budget = 0.03;
        AskingSettings settings = new AskingSettings(
                16,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.of(budget),
                QUICK,
                PATIENT,
                AskingSettings.Answers.defaults());
        AskingResult result = run(questions, model, requests, settings);
        assertThat(result.end()).isEqualTo(AskingEnd.BUDGET);
        assertThat(result.progress().spent()).isLessThanOrEqualTo(budget).isGreaterThan(budget - 0.0025);
        assertThat(summary().cost()).isEqualTo(result.progress().spent(), within(1e-9));
        // Without failures, which cost nothing, so that after one more nothing fits.
        FaultyModel sure = new FaultyModel(3, 0, Duration.ofMillis(1));
        assertThat(run(questions, sure, questions.requests(sure, 10, 1), settings)
                        .end())
                .isEqualTo(AskingEnd.BUDGET);
        assertThat(sure.sent).as("sent after the budget was spent").hasSizeLessThanOrEqualTo(1);
    }

    /** The clock of a run, and the last two times that each thread read. */
    private static final class ReadTimes implements LongSupplier {
        private final ThreadLocal<long[]> last = ThreadLocal.withInitial(() -> new long[2]);

        @Override
        public long getAsLong() {
            long[] times = last.get();
            times[0] = times[1];
            times[1] = System.nanoTime();
            return times[1];
        }

        /** When this thread was permitted to send; after that it reads the clock once, to measure the latency. */
        long permitted() {
            return last.get()[0];
        }
    }

    @Test
    void rateLimitsHold() throws IOException, InterruptedException {
        Questions questions = Questions.of(120, 10, 4);
        ReadTimes clock = new ReadTimes();
        ConcurrentLinkedQueue<Long> permitted = new ConcurrentLinkedQueue<>();
        CountDownLatch pause = new CountDownLatch(16);
        FaultyModel model = new FaultyModel(4, 0, Duration.ofMillis(1)) {
            @Override
            void underWay() throws InterruptedException {
                permitted.add(clock.permitted());
                // Nothing is sent for a while, which must not be made up for.
                if (permitted.size() > 30 && pause.getCount() > 0) {
                    pause.countDown();
                    pause.await(60, TimeUnit.SECONDS);
                    Thread.sleep(300);
                }
            }
        };
        Requests requests = questions.requests(model, 10, 1);
        int perMinute = 6000;
        AskingSettings settings = new AskingSettings(
                16,
                5,
                Optional.of(perMinute),
                Optional.empty(),
                Optional.empty(),
                QUICK,
                PATIENT,
                AskingSettings.Answers.defaults());
        AskingResult result = new ScoringRun(
                        requests, model, new TokenPrice(2, 10), settings, clock, InstantSource.system())
                .run(folder.resolve("store"), AskingListener.NONE);
        double seconds = requests.size() * 60.0 / perMinute;
        assertThat(result.progress().elapsed()).isGreaterThan(Duration.ofMillis((long) (950 * seconds)));
        assertThat(permitted).hasSize(requests.size());
        List<Long> sent = permitted.stream().sorted().toList();
        // Threads that wake late may catch up on 50 ms.
        for (int window = 1; window <= 40; window++) {
            for (int index = window; index < sent.size(); index++) {
                assertThat(sent.get(index) - sent.get(index - window))
                        .as("time of %d requests", window)
                        .isGreaterThanOrEqualTo((long) (window * 60e9 / perMinute) - 50_000_000L);
            }
        }
    }

    private static FaultyModel failing(ProviderException.Kind kind, int from, AtomicInteger calls) {
        return new FaultyModel(5, 0, Duration.ZERO) {
            @Override
            public Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException {
                if (calls.incrementAndGet() > from) {
                    throw new ProviderException(
                            kind, "the provider says no", Optional.empty(), new IllegalStateException());
                }
                return super.reply(prompt, timeout);
            }
        };
    }

    @Test
    void permanentFailuresStopTheRunWithEverythingStored() throws IOException, InterruptedException {
        for (ProviderException.Kind kind : List.of(
                ProviderException.Kind.UNAUTHORIZED,
                ProviderException.Kind.NO_CREDIT,
                ProviderException.Kind.REJECTED)) {
            Path store = folder.resolve(kind.name());
            AtomicInteger calls = new AtomicInteger();
            int before = kind == ProviderException.Kind.REJECTED ? 0 : 20;
            FaultyModel model = failing(kind, before, calls);
            Questions questions = Questions.of(100, 10, 5);
            AskingResult result = new ScoringRun(
                            questions.requests(model, 5, 1), model, TokenPrice.defaults(), settings(4))
                    .run(store, AskingListener.NONE);
            assertThat(result.end()).isEqualTo(AskingEnd.REFUSED);
            assertThat(result.message()).isEqualTo("the provider says no");
            assertThat(result.progress().answered()).isEqualTo(before);
            assertThat(calls.get()).isLessThanOrEqualTo(before + 4);
            try (StoreReader reader = StoreReader.open(store)) {
                assertThat(reader.summary().answered()).isEqualTo(before);
                assertThat(reader.summary().faults())
                        .containsOnlyKeys(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
    }

    @Test
    void aSingleRefusedRequestIsLeftUnanswered() throws IOException, InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        FaultyModel model = new FaultyModel(6, 0, Duration.ZERO) {
            @Override
            public Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException {
                if (calls.incrementAndGet() == 10) {
                    throw new ProviderException(
                            ProviderException.Kind.REJECTED, "too long", Optional.empty(), new IllegalStateException());
                }
                return super.reply(prompt, timeout);
            }
        };
        Questions questions = Questions.of(30, 10, 6);
        Requests requests = questions.requests(model, 5, 1);
        AskingResult result = run(questions, model, requests, settings(1));
        assertThat(result.end()).isEqualTo(AskingEnd.DONE);
        assertThat(result.progress().leftUnanswered()).isEqualTo(1);
        assertThat(result.progress().answered()).isEqualTo(requests.size() - 1);
    }

    @Test
    void aProviderThatStaysDownEndsTheRun() throws IOException, InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        FaultyModel model = failing(ProviderException.Kind.SERVER, 20, calls);
        Questions questions = Questions.of(100, 10, 7);
        AskingSettings settings = new AskingSettings(
                1,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                QUICK,
                new AskingSettings.Breaker(10, 0.1, 1 / 60.0),
                AskingSettings.Answers.defaults());
        AskingResult result = run(questions, model, questions.requests(model, 5, 1), settings);
        assertThat(result.end()).isEqualTo(AskingEnd.PROVIDER_DOWN);
        assertThat(result.message())
                .matches("the provider has not answered for \\d+ s; its last failure: the provider says no");
        assertThat(result.progress().answered()).isEqualTo(20);
        assertThat(calls.get()).isBetween(20 + 10, 20 + 10 + 12);
        assertThat(summary().faults()).isEqualTo(Map.of("server", (long) calls.get() - 20));
    }

    @Test
    void anAddressWithoutAModelEndsTheRunSoon() throws IOException, InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        FaultyModel model = failing(ProviderException.Kind.MALFORMED, 0, calls);
        Questions questions = Questions.of(100, 10, 7);
        AskingSettings settings = new AskingSettings(
                1,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                QUICK,
                new AskingSettings.Breaker(100, 0.1, 15),
                AskingSettings.Answers.defaults());
        AskingResult result = run(questions, model, questions.requests(model, 5, 1), settings);
        assertThat(result.end()).isEqualTo(AskingEnd.PROVIDER_DOWN);
        assertThat(result.message())
                .isEqualTo("the provider says no; no response was a chat completion: check the base URL, which usually"
                        + " ends in /v1");
        assertThat(calls.get()).isBetween(10, 15);
    }

    @Test
    void aWaitThatTheSettingsDoNotAllowIsNamed() throws IOException, InterruptedException {
        Map<Duration, String> waits = Map.of(Duration.ofMillis(4100), "5 s", Duration.ofSeconds(150), "3 minutes");
        for (Map.Entry<Duration, String> wait : waits.entrySet()) {
            FaultyModel model = new FaultyModel(5, 0, Duration.ZERO) {
                @Override
                public Reply reply(Prompt prompt, Duration timeout) throws ProviderException {
                    throw new ProviderException(
                            ProviderException.Kind.RATE_LIMITED,
                            "slow down",
                            Optional.of(wait.getKey()),
                            new IllegalStateException());
                }
            };
            Questions questions = Questions.of(10, 10, 7);
            AskingSettings settings = new AskingSettings(
                    1,
                    5,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    QUICK,
                    new AskingSettings.Breaker(10, 0.1, 0),
                    AskingSettings.Answers.defaults());
            AskingResult result = run(questions, model, questions.requests(model, 5, 1), settings);
            assertThat(result.end()).isEqualTo(AskingEnd.PROVIDER_DOWN);
            assertThat(result.message())
                    .startsWith("the provider asks to wait " + wait.getValue()
                            + ", more than language.run.breaker.giveUpMinutes allows: ");
        }
    }

    @Test
    void anInterruptedRunStoresItsAnswersAndTheNextFinishes() throws IOException, InterruptedException {
        Questions questions = Questions.of(200, 10, 8);
        CountDownLatch interrupted = new CountDownLatch(1);
        FaultyModel model = new FaultyModel(8, 0.2, Duration.ofMillis(2)) {
            @Override
            void underWay() throws InterruptedException {
                // Requests are under way when the run is interrupted, on any machine.
                if (sent.size() > 100) {
                    interrupted.await(60, TimeUnit.SECONDS);
                }
            }
        };
        Requests requests = questions.requests(model, 5, 1);
        Thread main = Thread.currentThread();
        AtomicInteger shown = new AtomicInteger();
        assertThatThrownBy(() -> new ScoringRun(requests, model, TokenPrice.defaults(), settings(8))
                        .run(folder.resolve("store"), progress -> {
                            shown.set(progress.answered());
                            if (progress.answered() > 20 && interrupted.getCount() > 0) {
                                main.interrupt();
                                interrupted.countDown();
                            }
                        }))
                .isInstanceOf(InterruptedException.class);
        StoreSummary summary = summary();
        assertThat(summary.running()).contains(false);
        assertThat(summary.answered())
                .isGreaterThan(20)
                .isEqualTo(model.replies.get())
                .isEqualTo(shown.get())
                .isLessThan(requests.size());
        assertThat(summary.attempts()).isEqualTo(model.sent.size());
        run(questions, model, requests, settings(8));
        assertThat(model.replies).hasValue(requests.size());
        assertEqual(table(), questions.right());
    }

    @Test
    void aRequestWithoutUsableAnswersIsLeftUnanswered() throws IOException, InterruptedException {
        FaultyModel model = new FaultyModel(9, 0, Duration.ZERO) {
            @Override
            public Reply reply(Prompt prompt, Duration timeout) {
                return new Reply("nonsense", Reply.Finish.COMPLETE, 1, 1, List.of());
            }
        };
        Questions questions = Questions.of(10, 10, 9);
        Requests requests = questions.requests(model, 5, 1);
        AskingSettings settings = new AskingSettings(
                2,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AskingSettings.Retries(5, 3, 0, 0),
                PATIENT,
                new AskingSettings.Answers(40, 0, 0));
        AskingResult result = run(questions, model, requests, settings);
        assertThat(result.end()).isEqualTo(AskingEnd.DONE);
        assertThat(result.progress().leftUnanswered()).isEqualTo(requests.size());
        assertThat(result.progress().faults()).isEqualTo(Map.of("missing-item", 3L * requests.size()));
        assertThat(table().size()).isZero();
        assertThat(summary().unanswered()).isEqualTo(requests.size());
    }

    @Test
    void aModelWithoutUsableScoresEndsTheRunWithASample() throws IOException, InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        FaultyModel model = new FaultyModel(9, 0, Duration.ofMillis(1)) {
            @Override
            public Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException {
                return calls.incrementAndGet() <= 60
                        ? super.reply(prompt, timeout)
                        : new Reply("I am\u001b[31m sorry", Reply.Finish.COMPLETE, 1, 1, List.of());
            }
        };
        Questions questions = Questions.of(300, 10, 9);
        AskingResult result = run(questions, model, questions.requests(model, 5, 1), settings(8));
        assertThat(result.end()).isEqualTo(AskingEnd.USELESS);
        assertThat(result.message()).contains("39 of the last 40 replies have no usable scores", "'I am [31m sorry'");
        assertThat(result.progress().answered()).as("answered before it broke").isEqualTo(60);
        // Far from the 900 calls of asking every question three times; how many are under way meanwhile depends on the
        // machine.
        assertThat(calls.get()).isBetween(60 + 39, 250);
        assertThat(summary().answered()).isEqualTo(60);
    }

    @Test
    void anAddressThatWasNeverReachedEndsTheRunAtOnce() throws IOException, InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        Questions questions = Questions.of(100, 10, 9);
        FaultyModel never = failing(ProviderException.Kind.UNREACHABLE, 0, calls);
        AskingResult result = run(questions, never, questions.requests(never, 5, 1), settings(4));
        assertThat(result.end()).isEqualTo(AskingEnd.PROVIDER_DOWN);
        assertThat(result.message()).isEqualTo("the provider says no");
        assertThat(calls.get()).isLessThanOrEqualTo(4);
        assertThat(result.progress().spent()).as("nothing was sent").isZero();
        calls.set(0);
        FaultyModel back = new FaultyModel(5, 0, Duration.ZERO) {
            @Override
            public Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException {
                if (calls.incrementAndGet() % 10 == 9) {
                    throw new ProviderException(
                            ProviderException.Kind.UNREACHABLE, "gone", Optional.empty(), new IllegalStateException());
                }
                return super.reply(prompt, timeout);
            }
        };
        assertThat(run(questions, back, questions.requests(back, 5, 1), settings(1))
                        .end())
                .as("an address that was reached before comes back")
                .isEqualTo(AskingEnd.DONE);
    }

    @Test
    void aFailureCostsItsReportedTokens() throws IOException, InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        FaultyModel model = new FaultyModel(5, 0, Duration.ZERO) {
            @Override
            public Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException {
                if (calls.incrementAndGet() == 5) {
                    throw new ProviderException(
                            ProviderException.Kind.SERVER,
                            "half way",
                            Optional.empty(),
                            Optional.of(new ProviderException.Usage(1_000_000, 0)),
                            new IllegalStateException());
                }
                return super.reply(prompt, timeout);
            }
        };
        Questions questions = Questions.of(20, 10, 9);
        AskingResult result = run(questions, model, questions.requests(model, 5, 1), settings(1));
        // The price is 2 per million prompt tokens.
        assertThat(result.progress().spent()).isBetween(2.0, 2.1);
    }

    @Test
    void aStoreInUseCanBeReadButNotRunTwice() throws IOException, InterruptedException {
        Questions questions = Questions.of(100, 10, 10);
        FaultyModel model = new FaultyModel(10, 0, Duration.ofMillis(30));
        Requests requests = questions.requests(model, 5, 1);
        AtomicInteger seen = new AtomicInteger();
        new ScoringRun(requests, model, TokenPrice.defaults(), settings(4)).run(folder.resolve("store"), progress -> {
            if (progress.answered() > 20 && seen.get() == 0) {
                try {
                    assertThat(summary().running()).contains(true);
                    seen.set(summary().answered());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                assertThatThrownBy(() -> run(questions, model, requests, settings(1)))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("is in use by another run");
            }
        });
        assertThat(seen.get()).isBetween(20, requests.size());
    }
}
