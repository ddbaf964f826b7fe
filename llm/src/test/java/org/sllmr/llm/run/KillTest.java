// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.Seed;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.Normalization;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTable;

/**
 * A run in a separate process that is killed several times, and goes on in this one.
 *
 * <p>{@code -Dsllmr.kills=10 -Dsllmr.kill.users=1750} for the full size.
 */
class KillTest {
    private static final int CONCURRENCY = 16;

    @TempDir
    private Path folder;

    /** The run that is killed: server, store, users, seed. */
    public static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Questions questions = Questions.of(Integer.parseInt(arguments[2]), 10, Long.parseLong(arguments[3]))
                    .withHeldOutUsers();
            QuestionForm form = LoopbackTest.QUESTION.form(questions.catalogue());
            try (OpenAiModel model = model(arguments[0])) {
                AskingResult result = new ScoringRun(
                                questions.requests(model, form, 1),
                                model,
                                TokenPrice.defaults(),
                                new AskingSettings(
                                        CONCURRENCY,
                                        1,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        new AskingSettings.Retries(100, 100, 0.01, 0.1),
                                        AskingSettings.defaults().breaker(),
                                        AskingSettings.Answers.defaults()))
                        .run(Path.of(arguments[1]), AskingListener.NONE);
                if (result.end() != AskingEnd.DONE) {
                    throw new IllegalStateException(result.toString());
                }
            }
        }
    }

    private static OpenAiModel model(String url) {
        return OpenAiModel.open(OpenAiSettings.of("m", url), ApiKey.NONE);
    }

    @Test
    @Timeout(600)
    void afterKillsStoredAnswersAreNotAskedForAgainAndEveryScoreIsRight() throws IOException, InterruptedException {
        int kills = Integer.getInteger("sllmr.kills", 2);
        int users = Integer.getInteger("sllmr.kill.users", 300);
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).child("kills").generator();
        Path store = folder.resolve("store");
        Questions questions = Questions.of(users, 10, seed).withHeldOutUsers();
        QuestionForm form = LoopbackTest.QUESTION.form(questions.catalogue());
        Set<String> answered = new HashSet<>();
        try (FaultyServer server = new FaultyServer(seed, 0.1, 10);
                OpenAiModel model = model(server.url())) {
            Requests requests = questions.requests(model, form, 1);
            for (int kill = 0; kill < kills; kill++) {
                Process child = start(server.url(), store, users, seed);
                int before = server.asked.size();
                // Some are killed at the start, most while they ask.
                boolean early = random.nextInt(6) == 0;
                while (!early && child.isAlive() && server.asked.size() == before) {
                    Thread.sleep(5);
                }
                boolean ended = child.waitFor(random.nextInt(early ? 800 : 600), TimeUnit.MILLISECONDS);
                child.destroyForcibly().waitFor();
                assertThat(ended && child.exitValue() != 0).as(output()).isFalse();
                assertNothingAgain(server, before, answered, seed);
                answered = answered(store, requests, questions, form);
                assertThat(server.right.get() - answered.size())
                        .as("answers under way when killed, seed %d", seed)
                        .isBetween(0, (kill + 1) * CONCURRENCY + late(server, store));
            }
            int before = server.asked.size();
            Child.main(new String[] {server.url(), store.toString(), Integer.toString(users), Long.toString(seed)});
            assertNothingAgain(server, before, answered, seed);
            assertThat(server.right.get() - requests.size())
                    .as("right answers that were under way when killed, seed %d", seed)
                    .isBetween(0, kills * CONCURRENCY + late(server, store));
            assertThat(server.asked.stream().map(FaultyServer::history).distinct())
                    .as("what prompts showed, seed %d", seed)
                    .isSubsetOf(questions.allowedHistories(LoopbackTest.QUESTION.historyLength()));
            System.out.printf(
                    "seed %d: %d requests, %d asked, %d kinds of faults, %d kills, %d right answers lost under way%n",
                    seed,
                    requests.size(),
                    server.asked.size(),
                    server.injected.size(),
                    kills,
                    server.right.get() - requests.size());
        }
        TeacherTable expected = questions.table(FaultyServer::score);
        try (StoreReader reader = StoreReader.open(store)) {
            TeacherTable table =
                    StoredScores.table(reader, new Normalization.None()).table();
            assertThat(table.items()).isEqualTo(expected.items());
            assertThat(table.scores()).as("seed %d", seed).isEqualTo(expected.scores());
        }
    }

    /** Number of replies that came too late on a busy machine; those to killed runs are counted with them. */
    private static int late(FaultyServer server, Path store) throws IOException {
        if (!AnswerStore.exists(store)) {
            return 0;
        }
        try (StoreReader reader = StoreReader.open(store)) {
            long timeouts = reader.summary().faults().getOrDefault("timeout", 0L);
            return (int) Math.max(0, timeouts - server.faults().getOrDefault("timeout", 0L));
        }
    }

    private static void assertNothingAgain(FaultyServer server, int before, Set<String> answered, long seed) {
        List<String> asked = server.asked.stream().skip(before).toList();
        assertThat(asked)
                .as("questions whose answer was stored, seed %d", seed)
                .doesNotContainAnyElementsOf(answered.isEmpty() ? Set.of("none") : answered);
    }

    /** The questions with answers in the store that a stopped or killed run left. */
    private static Set<String> answered(Path store, Requests requests, Questions questions, QuestionForm form)
            throws IOException {
        Set<String> keys = new HashSet<>();
        if (AnswerStore.exists(store)) {
            try (StoreReader reader = StoreReader.open(store)) {
                reader.forEachAnswered(key -> keys.add(key.toString()));
            }
        }
        Set<String> texts = new HashSet<>();
        for (int index = 0; index < requests.size(); index++) {
            if (keys.contains(requests.request(index).key().toString())) {
                Prompt prompt = requests.prompt(requests.request(index));
                texts.add(prompt.user());
            }
        }
        assertThat(texts).hasSameSizeAs(keys);
        return texts;
    }

    private Process start(String url, Path store, int users, long seed) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                url,
                store.toString(),
                Integer.toString(users),
                Long.toString(seed));
        Path log = folder.resolve("output");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
    }

    private String output() throws IOException {
        return Files.readAllLines(folder.resolve("output")).stream().limit(40).collect(Collectors.joining("\n"));
    }
}
