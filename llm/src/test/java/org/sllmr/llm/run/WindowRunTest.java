// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.batch.BatchCollector;
import org.sllmr.llm.batch.BatchListener;
import org.sllmr.llm.batch.BatchOutcome;
import org.sllmr.llm.batch.BatchRequest;
import org.sllmr.llm.batch.BatchTeacher;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.question.QuestionKind;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.question.Recency;
import org.sllmr.llm.request.CandidateOrder;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.WindowRequests;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.Normalization;
import org.sllmr.llm.store.RunRecord;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.Worlds;

/** Runs in which a window slides over each user's candidates. */
class WindowRunTest {
    private static final int WINDOW = 6;
    private static final int STRIDE = 2;
    private static final int EACH = 17;
    private static final QuestionSettings QUESTION =
            new QuestionSettings(QuestionKind.SLIDING_WINDOW, 10, WINDOW, STRIDE, List.of(), Recency.NONE, 100, 5, 0);

    @TempDir
    private Path folder;

    private static WindowRequests requests(Questions questions, LanguageModel model, int passes) {
        QuestionForm form = QUESTION.form(questions.catalogue());
        return new WindowRequests(questions.plan().histories(questions.log()), form, model, passes, STRIDE);
    }

    @Test
    void firstWindowsOfSlicesOfTheUsersAreThoseOfAll() {
        Questions questions = Questions.of(20, 30, 4);
        QuestionForm form = QUESTION.form(questions.catalogue());
        FaultyModel model = new FaultyModel(1, 0, Duration.ZERO);
        WindowRequests all = requests(questions, model, 2);
        Map<String, String> prompts = new TreeMap<>();
        Map<String, String> ofSlices = new TreeMap<>();
        collect(all, prompts);
        int from = 0;
        for (int to : new int[] {1, 9, 20}) {
            collect(
                    new WindowRequests(
                            questions
                                    .plan()
                                    .slice(from, to)
                                    .histories(questions.log().slice(from, to)),
                            form,
                            all.origin(),
                            2,
                            STRIDE,
                            from),
                    ofSlices);
            from = to;
        }

        assertThat(ofSlices).isNotEmpty().isEqualTo(prompts);
    }

    private static void collect(WindowRequests requests, Map<String, String> prompts) {
        for (int index = 0; index < requests.size(); index++) {
            if (requests.before(index) == Requests.NONE) {
                Request request = requests.request(index);
                prompts.put(
                        request.key() + " " + request.user(),
                        requests.prompt(request).user());
            }
        }
    }

    private static AskingSettings settings(Optional<Double> budget) {
        return new AskingSettings(
                16,
                0.5,
                Optional.empty(),
                Optional.empty(),
                budget,
                new AskingSettings.Retries(100, 100, 0.01, 0.1),
                new AskingSettings.Breaker(1000, 1, 10),
                AskingSettings.Answers.defaults());
    }

    private static TeacherTable table(Path store) throws IOException {
        try (StoreReader reader = StoreReader.open(store)) {
            return StoredScores.table(reader, new Normalization.None()).table();
        }
    }

    /** The mean scores of a user's items, step by step as RankLLM does it, with a model that is always right. */
    private static Map<Integer, Double> slow(Questions questions, int user, int passes) {
        int[] all = Worlds.history(questions.log(), user, Integer.MAX_VALUE);
        int end = all.length - (questions.plan().heldOut(user) ? 1 : 0);
        int[] history = Arrays.copyOfRange(all, Math.max(0, end - 10), end);
        Comparator<Integer> best = Comparator.<Integer>comparingDouble(item -> -FaultyServer.score(history, item))
                .thenComparingInt(item -> item);
        Map<Integer, Double> means = new TreeMap<>();
        for (int pass = 0; pass < passes; pass++) {
            List<Integer> list = new ArrayList<>();
            for (int item : CandidateOrder.shuffled(questions.plan(), user, pass)) {
                list.add(item);
            }
            int to = list.size();
            int from = to - WINDOW;
            list.subList(Math.max(0, from), to).sort(best);
            while (from > 0) {
                to -= STRIDE;
                from -= STRIDE;
                list.subList(Math.max(0, from), to).sort(best);
            }
            for (int rank = 0; rank < list.size(); rank++) {
                double score = list.size() == 1 ? 1 : 1 - rank / (list.size() - 1.0);
                means.merge(list.get(rank), score / passes, Double::sum);
            }
        }
        return means;
    }

    private static void assertMerged(TeacherTable table, Questions questions, int passes) {
        for (int user = 0; user < table.users(); user++) {
            Map<Integer, Double> expected = slow(questions, user, passes);
            assertThat(table.to(user) - table.from(user)).isEqualTo(expected.size());
            for (int at = table.from(user); at < table.to(user); at++) {
                assertThat((double) table.scores()[at])
                        .as("user %d, item %d", user, table.items()[at])
                        .isCloseTo(expected.get(table.items()[at]), within(1e-6));
            }
        }
    }

    @Test
    @Timeout(120)
    void theMergedOrderIsRightWhateverFailsAndWhereverTheRunStops() throws IOException, InterruptedException {
        long seed = Long.getLong("sllmr.seed", 1);
        Questions questions = Questions.of(36, EACH, seed).withHeldOutUsers();
        Path store = folder.resolve("store");
        try (FaultyServer server = new FaultyServer(seed, 0.3, 2, FaultyServer.OF_ALL_FORMS, FaultyServer::ranking);
                OpenAiModel model = LoopbackTest.model(server)) {
            TokenPrice price = new TokenPrice(1, 1);
            int size = requests(questions, model, 1).size();
            // A right answer costs 120 tokens.
            Set<String> before = new HashSet<>();
            for (double share : List.of(0.3, 0.6, 1000.0)) {
                int asked = server.asked.size();
                Requests requests = requests(questions, model, 1);
                AskingResult result = new ScoringRun(
                                requests, model, price, settings(Optional.of(share * size * 120e-6)))
                        .run(store, AskingListener.NONE);
                assertThat(result.end())
                        .as("seed %d: %s", seed, result.message())
                        .isEqualTo(share == 1000 ? AskingEnd.DONE : AskingEnd.BUDGET);
                assertThat(server.asked.stream().skip(asked))
                        .as("asked although answered, seed %d", seed)
                        .doesNotContainAnyElementsOf(before.isEmpty() ? List.of("nothing") : before);
                before = answered(store, questions, model);
            }
            assertThat(before).hasSizeGreaterThan(size / 2);
            assertMerged(table(store), questions, 1);
            assertThat(server.asked.stream().map(FaultyServer::history).distinct())
                    .as("what prompts showed, seed %d", seed)
                    .isSubsetOf(questions.allowedHistories(10));
            assertThat(server.injected).containsOnlyKeys(FaultyServer.OF_ALL_FORMS);
        }
    }

    /** The questions with an answer in a store that a run left. */
    private static Set<String> answered(Path store, Questions questions, LanguageModel model) throws IOException {
        Requests requests = requests(questions, model, 1);
        RunRecord record = RunRecord.of(Instant.EPOCH, requests, "", TokenPrice.defaults(), Optional.empty());
        Map<RequestKey, float[]> answers = new HashMap<>();
        try (AnswerStore kept = AnswerStore.open(store, requests::writePlan, record)) {
            kept.forEachAnswer(answers::put);
        }
        Set<String> asked = new HashSet<>();
        BitSet known = new BitSet();
        for (int index = 0; index < requests.size(); index++) {
            if (requests.before(index) == Requests.NONE || known.get(requests.before(index))) {
                Request request = requests.request(index);
                float[] scores = answers.get(request.key());
                if (scores != null) {
                    asked.add(requests.prompt(request).user());
                    known.set(index);
                    requests.answered(index, scores);
                }
            }
        }
        assertThat(known.cardinality()).isEqualTo(answers.size());
        return asked;
    }

    @Test
    void roundsOfBatchesMakeTheSameOrder() throws IOException, InterruptedException {
        Questions questions = Questions.of(8, EACH, 3).withHeldOutUsers();
        Path store = folder.resolve("store");
        List<Integer> rounds = new ArrayList<>();
        try (FaultyModel model = new FaultyModel(1, 0, Duration.ZERO)) {
            Requests requests = requests(questions, model, 2);
            AskingResult result = new BatchRun(
                            requests,
                            model,
                            new RankingBatches(rounds),
                            TokenPrice.defaults(),
                            settings(Optional.empty()))
                    .run(store, AskingListener.NONE);
            assertThat(result.end()).as(result.message()).isEqualTo(AskingEnd.DONE);
            assertThat(result.progress().answered()).isEqualTo(requests.size());
            // 17 candidates have seven windows; each round asks about one of every list, and a third has to be
            // repeated.
            assertThat(rounds.size()).isBetween(7, 40);
            assertMerged(table(store), questions, 2);
        }
        // What is answered is known to the next run, whose requests are made anew.
        try (FaultyModel model = new FaultyModel(1, 0, Duration.ZERO)) {
            int before = rounds.size();
            AskingResult result = new BatchRun(
                            requests(questions, model, 2),
                            model,
                            new RankingBatches(rounds),
                            TokenPrice.defaults(),
                            settings(Optional.empty()))
                    .run(store, AskingListener.NONE);
            assertThat(result.progress().answeredBefore())
                    .isEqualTo(result.progress().total());
            assertThat(rounds).hasSize(before);
        }
    }

    /** Answers rightly, except that every third question of a round gets no reply. */
    private record RankingBatches(List<Integer> rounds) implements BatchTeacher {
        @Override
        public void ask(List<BatchRequest> requests, Path open, BatchListener listener, BatchCollector collector)
                throws IOException {
            if (requests.isEmpty()) {
                return;
            }
            rounds.add(requests.size());
            List<BatchOutcome> outcomes = new ArrayList<>();
            for (int at = 0; at < requests.size(); at++) {
                BatchRequest request = requests.get(at);
                outcomes.add(
                        at % 3 == 1
                                ? new BatchOutcome.Failed(
                                        request.key(), ProviderException.Kind.SERVER, "sorry", Optional.empty())
                                : new BatchOutcome.Replied(
                                        request.key(),
                                        new Reply(
                                                FaultyServer.ranking(
                                                        request.prompt().user()),
                                                Reply.Finish.COMPLETE,
                                                10,
                                                10,
                                                List.of())));
            }
            collector.collect(outcomes);
        }

        @Override
        public void close() {}
    }

    @Test
    void aListWithAWindowThatHasNoAnswerIsLeftOut() throws IOException, InterruptedException {
        Questions questions = Questions.of(6, EACH, 5);
        List<Integer> unlucky =
                Arrays.stream(Worlds.history(questions.log(), 1, 10)).boxed().toList();
        UnaryOperator<String> answers =
                question -> FaultyServer.history(question).equals(unlucky) && hasEnd(question, questions)
                        ? "I do not know"
                        : FaultyServer.ranking(question);
        Path store = folder.resolve("store");
        AskingSettings settings = new AskingSettings(
                4,
                10,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AskingSettings.Retries(3, 2, 0.01, 0.1),
                AskingSettings.defaults().breaker(),
                new AskingSettings.Answers(40, 0, 0));
        try (FaultyServer server = new FaultyServer(1, 0, 0, List.of(), answers);
                OpenAiModel model = LoopbackTest.model(server)) {
            Requests requests = requests(questions, model, 1);
            AskingResult result =
                    new ScoringRun(requests, model, TokenPrice.defaults(), settings).run(store, AskingListener.NONE);
            assertThat(result.end()).isEqualTo(AskingEnd.DONE);
            // The first window of user 1, and the six that wait for it.
            assertThat(result.progress().leftUnanswered()).isEqualTo(7);
            assertThat(result.progress().answered() + 7).isEqualTo(requests.size());
            assertThat(result.progress().faults()).isEqualTo(Map.of("not-json", 2L));
            TeacherTable table = table(store);
            assertThat(table.to(1)).isEqualTo(table.from(1));
            assertThat(table.to(0) - table.from(0)).isEqualTo(EACH);
        }
    }

    /** Whether a question shows the end of the list that user 1 begins with. */
    private static boolean hasEnd(String question, Questions questions) {
        int[] list = CandidateOrder.shuffled(questions.plan(), 1, 0);
        return question.contains("\"thing " + list[list.length - 1] + "\"")
                && question.contains("\"thing " + list[list.length - WINDOW] + "\"");
    }

    @Test
    void theForecastCountsEveryWindow() throws IOException {
        Questions questions = Questions.of(7, EACH, 5);
        try (FaultyModel model = new FaultyModel(1, 0, Duration.ZERO)) {
            Requests requests = requests(questions, model, 3);
            int windows = 0;
            for (int user = 0; user < 7; user++) {
                int size =
                        questions.plan().offsets()[user + 1] - questions.plan().offsets()[user];
                for (int to = size; size > 0; to -= STRIDE) {
                    windows++;
                    if (to <= WINDOW) {
                        break;
                    }
                }
            }
            Forecast forecast = Forecast.of(requests, model, TokenPrice.defaults());
            assertThat(forecast.requests()).isEqualTo(3 * windows).isEqualTo(requests.size());
            assertThat(forecast.promptTokens()).isGreaterThan(100L * forecast.requests());
            assertThat(forecast.exact()).isFalse();
        }
    }

    @Test
    void windowsMustOverlap() {
        assertThatThrownBy(() ->
                        new QuestionSettings(QuestionKind.SLIDING_WINDOW, 10, 6, 6, List.of(), Recency.NONE, 100, 5, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("stride: is 6, not below maxCandidates, 6");
    }
}
