// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.question.QuestionKind;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.question.Recency;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.Normalization;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoreSummary;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTable;

/**
 * The whole path through the provider's client and a socket, with all kinds of failures.
 *
 * <p>{@code -Dsllmr.loopback.requests=3000} for the full size.
 */
class LoopbackTest {
    static final QuestionSettings QUESTION =
            new QuestionSettings(QuestionKind.SCORED_ITEMS, 10, 5, List.of(), Recency.NONE, 100, 5, 0);

    @TempDir
    private Path folder;

    static OpenAiModel model(FaultyServer server) {
        return OpenAiModel.open(
                OpenAiSettings.of("m", server.url()), ApiKey.ofEnvironment(Map.of("KEY", "secret-key"), "KEY"));
    }

    private static long attempts(AskingResult result) {
        return result.progress().answered()
                + result.progress().faults().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
    }

    /**
     * Checks that the run counted what the server did, and returns how many replies were too late for it.
     *
     * <p>On a busy machine a reply may come after the run has given up on it. That counts as a timeout, whatever the
     * reply was. Everything else has to agree.
     */
    private static long assertCountsAgree(AskingResult result, FaultyServer server, int requests, long seed) {
        Map<String, Long> sent = new TreeMap<>(server.faults());
        sent.put("right", (long) server.right.get());
        Map<String, Long> counted = new TreeMap<>(result.progress().faults());
        counted.put("right", (long) requests);
        long late = counted.getOrDefault("timeout", 0L) - sent.getOrDefault("timeout", 0L);
        assertThat(late)
                .as("timeouts, seed %d: %s, sent %s", seed, counted, sent)
                .isNotNegative();
        // A connection may close when it is used again, so that the server never sees the request: at most one for each
        // that
        // a fault has cut.
        long unseen = sum(counted) - sum(sent);
        assertThat(unseen)
                .as("unseen, seed %d: %s, sent %s", seed, counted, sent)
                .isBetween(0L, server.cut() + late);
        Set<String> kinds = new HashSet<>(sent.keySet());
        kinds.addAll(List.of("timeout", "connection"));
        assertThat(counted.keySet()).isSubsetOf(kinds);
        long missing = 0;
        for (Map.Entry<String, Long> kind : sent.entrySet()) {
            long difference = kind.getValue() - counted.getOrDefault(kind.getKey(), 0L);
            missing += Math.max(0, difference);
            if (!kind.getKey().equals("timeout") && !kind.getKey().equals("connection")) {
                assertThat(difference)
                        .as("%s, seed %d: %s, sent %s", kind.getKey(), seed, counted, sent)
                        .isNotNegative();
            }
        }
        assertThat(missing).as("seed %d: %s, sent %s", seed, counted, sent).isLessThanOrEqualTo(late);
        return late;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void everyScoreIsRightAndEveryFaultCounted() throws IOException, InterruptedException {
        int wanted = Integer.getInteger("sllmr.loopback.requests", 500);
        long seed = Long.getLong("sllmr.seed", 1);
        // One of seven users has no candidates; the others have 9 on average, in two requests.
        Questions questions = Questions.of(wanted * 7 / 12, 10, seed).withHeldOutUsers();
        QuestionForm form = QUESTION.form(questions.catalogue());
        int concurrency = 64;
        int perMinute = 60_000;
        AskingSettings settings = new AskingSettings(
                concurrency,
                2,
                Optional.of(perMinute),
                Optional.of(50_000_000),
                Optional.of(1000.0),
                new AskingSettings.Retries(100, 100, 0.01, 0.1),
                new AskingSettings.Breaker(1000, 1, 10),
                AskingSettings.Answers.defaults());
        try (FaultyServer server = new FaultyServer(seed, 0.3, 5);
                OpenAiModel model = model(server)) {
            Requests requests = questions.requests(model, form, 1);
            AskingResult result = new ScoringRun(requests, model, new TokenPrice(1, 1), settings)
                    .run(folder.resolve("store"), AskingListener.NONE);
            assertThat(result.end()).as("seed %d: %s", seed, result.message()).isEqualTo(AskingEnd.DONE);
            long late = assertCountsAgree(result, server, requests.size(), seed);
            TeacherTable expected = questions.table(FaultyServer::score);
            try (StoreReader store = StoreReader.open(folder.resolve("store"))) {
                StoreSummary summary = store.summary();
                assertThat(summary.faults())
                        .containsExactlyInAnyOrderEntriesOf(result.progress().faults());
                assertThat(summary.answered()).isEqualTo(requests.size());
                assertThat(summary.attempts()).isEqualTo(attempts(result));
                assertThat(summary.cost()).isCloseTo(result.progress().spent(), within(1e-9));
                TeacherTable table =
                        StoredScores.table(store, new Normalization.None()).table();
                assertThat(table.items()).isEqualTo(expected.items());
                assertThat(table.scores()).as("seed %d", seed).isEqualTo(expected.scores());
            }
            assertThat(server.asked.stream().map(FaultyServer::history).distinct())
                    .as("what prompts showed, seed %d", seed)
                    .isSubsetOf(questions.allowedHistories(QUESTION.historyLength()));
            System.out.printf(
                    "seed %d: %d requests, %d attempts, %d kinds of faults, %d replies too late, %s%n",
                    seed,
                    requests.size(),
                    attempts(result),
                    server.injected.size(),
                    late,
                    result.progress().elapsed());
            // An aborted request is still under way on the server.
            assertThat(result.progress().underWay()).isZero();
            assertThat(server.injected.keySet()).as("seed %d", seed).hasSize(FaultyServer.Fault.values().length);
        }
    }

    @Test
    void concurrencyRateAndBudgetAreKept() throws IOException, InterruptedException {
        long seed = Long.getLong("sllmr.seed", 1);
        Questions questions = Questions.of(120, 10, seed);
        QuestionForm form = QUESTION.form(questions.catalogue());
        int concurrency = 8;
        int perMinute = 6_000;
        double cost;
        try (FaultyServer server = new FaultyServer(seed, 0, 50);
                OpenAiModel model = model(server)) {
            Requests requests = questions.requests(model, form, 1);
            long begin = System.nanoTime();
            AskingResult result = run(questions, form, model, requests, "all", settings(concurrency, perMinute, 1000));
            assertThat(result.end()).as("seed %d: %s", seed, result.message()).isEqualTo(AskingEnd.DONE);
            assertThat(server.mostUnderWay.get()).isLessThanOrEqualTo(concurrency);
            List<Long> times = server.times.stream().sorted().toList();
            // However late requests arrive, none was sent before its time; ScoringRunTest checks any interval.
            for (int index = 0; index < times.size(); index++) {
                assertThat(times.get(index) - begin)
                        .as("nanoseconds to request %d, seed %d", index, seed)
                        .isGreaterThanOrEqualTo((long) (index * 60e9 / perMinute));
            }
            cost = result.progress().spent();
        }
        try (FaultyServer server = new FaultyServer(seed, 0, 5);
                OpenAiModel model = model(server)) {
            Requests requests = questions.requests(model, form, 1);
            AskingResult result =
                    run(questions, form, model, requests, "half", settings(concurrency, 600_000, cost / 2));
            assertThat(result.end()).as("seed %d: %s", seed, result.message()).isEqualTo(AskingEnd.BUDGET);
            double underWay = concurrency * 2 * cost / requests.size();
            assertThat(server.right.get() * cost / requests.size())
                    .as("what the server would bill, seed %d", seed)
                    .isBetween(cost / 2 - underWay, cost / 2 + underWay);
        }
    }

    private static AskingSettings settings(int concurrency, int perMinute, double budget) {
        return new AskingSettings(
                concurrency,
                60,
                Optional.of(perMinute),
                Optional.empty(),
                Optional.of(budget),
                new AskingSettings.Retries(100, 100, 0.01, 0.1),
                new AskingSettings.Breaker(1000, 1, 10),
                AskingSettings.Answers.defaults());
    }

    private AskingResult run(
            Questions questions,
            QuestionForm form,
            OpenAiModel model,
            Requests requests,
            String store,
            AskingSettings settings)
            throws IOException, InterruptedException {
        return new ScoringRun(requests, model, new TokenPrice(1, 1), settings)
                .run(folder.resolve(store), AskingListener.NONE);
    }
}
