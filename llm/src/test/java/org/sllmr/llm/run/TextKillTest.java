// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.BatchServer;
import org.sllmr.llm.openai.BatchSettings;
import org.sllmr.llm.openai.OpenAiBatches;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextTable;

/** Runs that ask for chains of thought in a process of their own that is killed, one by one and in batches. */
class TextKillTest {
    private static final int KILLS = 2;
    private static final int CONCURRENCY = 8;

    @TempDir
    private Path folder;

    private static TrainingData data(long seed) {
        return TextShop.data(120, 80, seed);
    }

    private static OpenAiSettings at(String url) {
        return OpenAiSettings.of("m", url);
    }

    private static Requests requests(long seed, LanguageModel model) {
        return TextRunTest.requests(TextKind.CHAIN_OF_THOUGHT, data(seed), model);
    }

    /** The run that is killed: server, store, seed, and whether it asks in batches. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            long seed = Long.parseLong(arguments[2]);
            AskingResult result = Boolean.parseBoolean(arguments[3])
                    ? inBatches(arguments[0], Path.of(arguments[1]), seed)
                    : oneByOne(arguments[0], Path.of(arguments[1]), seed);
            if (result.end() != AskingEnd.DONE) {
                throw new IllegalStateException(result.toString());
            }
        }
    }

    private static AskingResult oneByOne(String url, Path store, long seed) throws IOException, InterruptedException {
        try (OpenAiModel model = OpenAiModel.open(at(url), ApiKey.NONE)) {
            return new ScoringRun(
                            requests(seed, model),
                            model,
                            TokenPrice.defaults(),
                            TextRunTest.settings(CONCURRENCY, Optional.empty()))
                    .run(store, AskingListener.NONE);
        }
    }

    private static AskingResult inBatches(String url, Path store, long seed) throws IOException, InterruptedException {
        try (OpenAiModel model = OpenAiModel.open(at(url), ApiKey.NONE);
                OpenAiBatches batches =
                        OpenAiBatches.open(at(url), new BatchSettings(30, 1, 0.01, 60, 1), ApiKey.NONE)) {
            return new BatchRun(
                            requests(seed, model),
                            model,
                            batches,
                            TokenPrice.defaults(),
                            TextRunTest.settings(1, Optional.empty()))
                    .run(store, AskingListener.NONE);
        }
    }

    private Process start(String url, Path store, long seed, boolean batches) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        url,
                        store.toString(),
                        Long.toString(seed),
                        Boolean.toString(batches))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("output").toFile()))
                .start();
    }

    @Test
    @Timeout(300)
    void afterKillsStoredTextsAreNotAskedForAgain() throws IOException, InterruptedException {
        long seed = Long.getLong("sllmr.seed", 1);
        Path store = folder.resolve("store");
        try (FaultyServer server = new FaultyServer(seed, 0.1, 5, FaultyServer.OF_ALL_FORMS, FaultyServer::text);
                OpenAiModel model = OpenAiModel.open(at(server.url()), ApiKey.NONE)) {
            Requests requests = requests(seed, model);
            Set<String> answered = new HashSet<>();
            int asked = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                Process child = start(server.url(), store, seed, false);
                while (child.isAlive() && server.asked.size() < asked + 10) {
                    Thread.sleep(5);
                }
                child.destroyForcibly().waitFor();
                assertThat(server.asked.stream().skip(asked))
                        .as("asked although stored, seed %d", seed)
                        .doesNotContainAnyElementsOf(answered.isEmpty() ? Set.of("none") : answered);
                asked = server.asked.size();
                answered = AnswerStore.exists(store) ? TextRunTest.answered(store, requests) : Set.of();
            }
            AskingResult result = oneByOne(server.url(), store, seed);
            assertThat(result.end()).as("seed %d: %s", seed, result.message()).isEqualTo(AskingEnd.DONE);
            assertThat(server.asked.stream().skip(asked))
                    .as("asked although stored, seed %d", seed)
                    .doesNotContainAnyElementsOf(answered.isEmpty() ? Set.of("none") : answered);
            assertEveryTextIsRight(TextRunTest.table(store), requests, seed);
        }
    }

    @Test
    @Timeout(300)
    void batchesGoOnAfterKills() throws IOException, InterruptedException {
        long seed = Long.getLong("sllmr.seed", 1);
        Path store = folder.resolve("store");
        try (BatchServer server = new BatchServer();
                OpenAiModel model = OpenAiModel.open(at(server.url()), ApiKey.NONE)) {
            server.answer = question -> BatchRunTest.line(question, FaultyServer.text(BatchRunTest.text(question)));
            server.lateLooks = 2;
            for (int kill = 0; kill < KILLS; kill++) {
                int before = server.calls();
                Process child = start(server.url(), store, seed, true);
                while (child.isAlive() && server.calls() < before + 1 + 2 * kill) {
                    Thread.sleep(5);
                }
                child.destroyForcibly().waitFor();
            }
            AskingResult result = inBatches(server.url(), store, seed);
            assertThat(result.end()).as("seed %d: %s", seed, result.message()).isEqualTo(AskingEnd.DONE);
            assertEveryTextIsRight(TextRunTest.table(store), requests(seed, model), seed);
        }
    }

    private static void assertEveryTextIsRight(TextTable table, Requests requests, long seed) {
        assertThat(table.size()).as("seed %d", seed).isEqualTo(requests.size());
        for (int index = 0; index < requests.size(); index++) {
            Request request = requests.request(index);
            assertThat(table.texts().get(request.chunk()))
                    .isEqualTo(
                            FaultyServer.text(requests.prompt(request).user()).replace('\n', ' '));
        }
    }
}
