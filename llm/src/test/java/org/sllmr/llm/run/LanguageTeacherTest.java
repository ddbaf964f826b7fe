// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.LoopbackServer;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;

/** A language model as the teacher, used from a program; the docs contain its example. */
class LanguageTeacherTest {
    private static final Questions QUESTIONS = Questions.of(40, 10, 3).withHeldOutUsers();

    @TempDir
    private Path folder;

    private static TrainingData data() {
        Samples none = new Samples(new Instances(new int[0], new int[0], new int[0]), 1);
        List<String> users = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
        return new TrainingData(
                "world",
                "hash",
                QUESTIONS.log(),
                QUESTIONS.catalogue(),
                new Vocabulary(users),
                List.of(),
                List.of(),
                none,
                none);
    }

    @Test
    void theDocumentedExampleRuns() throws IOException, InterruptedException {
        TrainingData data = data();
        CandidatePlan plan = QUESTIONS.plan();
        Path store = folder.resolve("store");
        Path out = folder.resolve("scores");
        Map<String, String> environment = Map.of();
        try (FaultyServer server = new FaultyServer(1, 0, 1)) {
            String url = server.url();
            // example
            LanguageSettings settings = LanguageSettings.defaults()
                    .with(OpenAiSettings.of("my-model", url))
                    .with(new TokenPrice(0.15, 0.6), 5);
            ApiKey key = ApiKey.ofEnvironment(environment, "MY_KEY");
            try (LanguageTeacher teacher = LanguageTeacher.open(settings, key)) {
                long tokens = teacher.forecast(plan, data).promptTokens();
                LanguageTeacher.Asked asked = teacher.ask(
                        plan, data, store, now -> log("%d of %d, spent %.2f", now.done(), now.total(), now.spent()));
                TeacherTable table = asked.scores().table();
                asked.scores().write(out);
                log("%,d prompt tokens foreseen, %,d scores", tokens, table.size());
            }
            // end of the example
        }
        assertThat(TeacherTableFile.read(out).table().scores())
                .isEqualTo(QUESTIONS.table(FaultyServer::score).scores());
    }

    private static void log(String format, Object... values) {
        assertThat(String.format(format, values)).isNotEmpty();
    }

    @Test
    void theDocumentedExampleIsThisOne() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/java/org/sllmr/llm/run/LanguageTeacherTest.java"));
        int from = IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).strip().equals("// example"))
                .findFirst()
                .orElseThrow();
        String example = lines.stream()
                .skip(from + 1)
                .takeWhile(line -> !line.strip().equals("// end of the example"))
                .map(line -> line.substring("            ".length()))
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(Path.of("../docs/how-to/ask-a-teacher.md")))
                .contains("```java\n" + example + "\n```");
    }

    @Test
    void tooFewAnswersAreAFailureThatKeepsAllAnswers() throws IOException, InterruptedException {
        Path store = folder.resolve("store");
        String prose = "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"It depends.\"}}]}";
        AskingSettings defaults = AskingSettings.defaults();
        AskingSettings patient = new AskingSettings(
                4,
                5,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new AskingSettings.Retries(2, 2, 0, 0),
                defaults.breaker(),
                new AskingSettings.Answers(40, 0, 0.5));
        try (LoopbackServer server = new LoopbackServer((request, exchange) -> {
                    // A third of the users is answered.
                    String question = new tools.jackson.databind.json.JsonMapper()
                            .readTree(request.body())
                            .at("/messages/1/content")
                            .asString();
                    LoopbackServer.send(
                            exchange,
                            200,
                            Math.floorMod(FaultyServer.history(question).hashCode(), 3) > 0
                                    ? prose
                                    : FaultyServer.response(FaultyServer.Fault.THOUGHT_BUT_RIGHT, question)
                                            .orElseThrow()
                                            .body());
                });
                LanguageTeacher teacher = LanguageTeacher.open(
                        LanguageSettings.defaults()
                                .with(OpenAiSettings.of("m", server.url()))
                                .with(patient),
                        ApiKey.NONE)) {
            assertThatThrownBy(() -> teacher.ask(QUESTIONS.plan(), data(), store, AskingListener.NONE))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContainingAll(
                            "at least 50.0 % are needed", "minAnswered", "'It depends.'", "kept in " + store);
        }
        try (StoreReader reader = StoreReader.open(store)) {
            assertThat(reader.summary().answered()).isPositive();
        }
    }

    @Test
    void aBudgetWithoutAPriceIsRefused() {
        LanguageSettings settings =
                LanguageSettings.defaults().with(AskingSettings.defaults().with(3));
        assertThatThrownBy(() -> LanguageTeacher.open(settings, ApiKey.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs the provider's prices");
    }
}
