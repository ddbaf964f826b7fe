// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.question.TextSettings;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.llm.request.TextRequests;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredTexts;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextTable;

/** Runs that ask for texts, through the provider's client and a socket, with all kinds of failures. */
class TextRunTest {
    private static final TextSettings SETTINGS = new TextSettings(100, 5, 0.5, 0.2, List.of(), 100, 0);

    @TempDir
    private Path folder;

    private static TextPlan plan(TextKind kind, TrainingData data) {
        return SETTINGS.plan(kind, data, 3);
    }

    static TextRequests requests(TextKind kind, TrainingData data, LanguageModel model) {
        return new TextRequests(plan(kind, data).histories(data), SETTINGS.form(kind, data.catalogue()), model);
    }

    static AskingSettings settings(int concurrency, Optional<Double> budget) {
        return new AskingSettings(
                concurrency,
                0.5,
                Optional.empty(),
                Optional.empty(),
                budget,
                new AskingSettings.Retries(100, 100, 0.01, 0.1),
                new AskingSettings.Breaker(1000, 1, 10),
                AskingSettings.Answers.defaults());
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void everyTextIsRightWhateverFailsAndWhereverTheRunStops(TextKind kind) throws IOException, InterruptedException {
        long seed = Long.getLong("sllmr.seed", 1);
        TrainingData data = TextShop.data(40, 80, seed);
        Path store = folder.resolve("store");
        try (FaultyServer server = new FaultyServer(seed, 0.4, 2, FaultyServer.OF_ALL_FORMS, FaultyServer::text);
                OpenAiModel model = LoopbackTest.model(server)) {
            Requests requests = requests(kind, data, model);
            // Two runs that the budget ends, and one that finishes.
            TokenPrice price = new TokenPrice(1, 1);
            // A right answer costs 120 tokens.
            double all = requests.size() * 120e-6;
            Set<String> before = new HashSet<>();
            List<String> again = new ArrayList<>();
            for (double budget : List.of(all / 3, all * 2 / 3, 1000.0)) {
                int asked = server.asked.size();
                AskingResult result = new ScoringRun(requests, model, price, settings(32, Optional.of(budget)))
                        .run(store, AskingListener.NONE);
                assertThat(result.end())
                        .as("seed %d: %s", seed, result.message())
                        .isEqualTo(budget == 1000 ? AskingEnd.DONE : AskingEnd.BUDGET);
                server.asked.stream().skip(asked).filter(before::contains).forEach(again::add);
                before = answered(store, requests);
            }
            assertThat(again).as("asked although answered, seed %d", seed).isEmpty();
            assertThat(server.injected).containsOnlyKeys(FaultyServer.OF_ALL_FORMS);
            TextTable table = table(store);
            assertThat(table.provenance().written()).isEqualTo(table.size()).isEqualTo(requests.size());
            assertThat(table.provenance().settings()).containsEntry("form", kind + "/1");
            for (int index = 0; index < requests.size(); index++) {
                Request request = requests.request(index);
                assertThat(table.texts().get(request.chunk()))
                        .isEqualTo(FaultyServer.text(requests.prompt(request).user())
                                .replace('\n', ' '));
            }
            assertThat(server.asked.stream().map(question -> FaultyServer.history(shown(question))))
                    .as("what prompts showed, seed %d", seed)
                    .isSubsetOf(TextShop.histories(data, SETTINGS.historyLength()));
        }
    }

    /** The history of a question, without the item that it may be about. */
    private static String shown(String question) {
        int item = question.indexOf("The item:");
        return item < 0 ? question : question.substring(0, item);
    }

    static TextTable table(Path store) throws IOException {
        try (StoreReader reader = StoreReader.open(store)) {
            return StoredTexts.table(reader);
        }
    }

    static Set<String> answered(Path store, Requests requests) throws IOException {
        Set<RequestKey> keys = new HashSet<>();
        try (StoreReader reader = StoreReader.open(store)) {
            reader.forEachAnswered(keys::add);
        }
        Set<String> questions = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (int index = 0; index < requests.size(); index++) {
            Request request = requests.request(index);
            (keys.contains(request.key()) ? questions : others)
                    .add(requests.prompt(request).user());
        }
        // Users with the same history have the same question, each as a request of its own.
        questions.removeAll(others);
        return questions;
    }

    @Test
    void everyRequestHasItsKey() throws IOException {
        TrainingData data = TextShop.data(30, 50, 1);
        Set<RequestKey> keys = new HashSet<>();
        int requested = 0;
        try (FaultyModel model = new FaultyModel(1, 0, Duration.ZERO)) {
            for (TextKind kind : TextKind.values()) {
                for (TrainingData one : List.of(data, TextShop.data(30, 50, 2))) {
                    // Items of both are the same.
                    if (kind != TextKind.ITEM_KNOWLEDGE || one == data) {
                        TextRequests requests = requests(kind, one, model);
                        requested += requests.size();
                        for (int index = 0; index < requests.size(); index++) {
                            keys.add(requests.request(index).key());
                        }
                    }
                }
            }
        }
        assertThat(keys).hasSize(requested);
    }

    @Test
    void aModelThatRefusesIsNotPaidForLong() throws IOException, InterruptedException {
        TrainingData data = TextShop.data(30, 300, 1);
        try (FaultyServer server = new FaultyServer(1, 1, 0, List.of(FaultyServer.Fault.REFUSED), FaultyServer::text);
                OpenAiModel model = LoopbackTest.model(server)) {
            AskingResult result = new ScoringRun(
                            requests(TextKind.ITEM_KNOWLEDGE, data, model),
                            model,
                            TokenPrice.defaults(),
                            settings(4, Optional.empty()))
                    .run(folder.resolve("store"), AskingListener.NONE);
            assertThat(result.end()).isEqualTo(AskingEnd.USELESS);
            assertThat(result.message())
                    .contains("40 of the last 40 replies have no usable text (refused 40)", "language.texts.words");
            assertThat(server.asked.size()).isLessThan(50);
        }
    }

    @Test
    void aStoreHasTextsOfOneKindOrScores() throws IOException, InterruptedException {
        TrainingData data = TextShop.data(5, 20, 1);
        Path store = folder.resolve("store");
        try (FaultyServer server = new FaultyServer(1, 0, 0);
                OpenAiModel model = LoopbackTest.model(server)) {
            run(requests(TextKind.ITEM_KNOWLEDGE, data, model), model, store);
            assertThatThrownBy(() -> run(requests(TextKind.USER_KNOWLEDGE, data, model), model, store))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            "has answers for the form item-knowledge/1, but this run is for user-knowledge/1");
            CandidatePlan plan = new CandidatePlan(
                    new CandidatePlan.Origin("shop", "hash", 1, PlanSettings.defaults()),
                    new int[] {0, 1, 1, 1, 1, 1},
                    new int[] {3},
                    new byte[1]);
            Requests scores = new ScoreRequests(
                    plan.histories(data.log()), QuestionSettings.defaults().form(data.catalogue()), model, 1);
            assertThatThrownBy(() -> run(scores, model, store))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("has answers for the form item-knowledge/1");
            try (StoreReader reader = StoreReader.open(store)) {
                assertThat(reader.texts()).hasValue(TextKind.ITEM_KNOWLEDGE);
                assertThat(reader.summary().answered()).isEqualTo(20);
                assertThatThrownBy(reader::plan)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("has texts of the kind item-knowledge, no scores");
            }
        }
    }

    private static void run(Requests requests, LanguageModel model, Path store)
            throws IOException, InterruptedException {
        new ScoringRun(requests, model, TokenPrice.defaults(), settings(4, Optional.empty()))
                .run(store, AskingListener.NONE);
    }
}
