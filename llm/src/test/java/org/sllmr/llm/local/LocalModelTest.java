// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.question.Answer;
import org.sllmr.llm.question.AnswerFault;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.question.QuestionKind;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.question.Recency;
import org.sllmr.llm.question.TextSettings;
import org.sllmr.llm.request.TextRequests;
import org.sllmr.llm.run.AskingListener;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.AskingSettings;
import org.sllmr.llm.run.ScoringRun;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredTexts;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextTable;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;

/** From a plan to answers of a real language model on this machine. */
class LocalModelTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int ITEMS = 40;
    private static final int CANDIDATES = 3;

    @TempDir
    private static Path folder;

    private static LlamaServer server;
    private static OpenAiModel model;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty(
                "de.kherud.llama.tmpdir", Path.of("target").toAbsolutePath().toString());
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeThat(platform).as("natives exist for these").matches("(Linux|Mac|Windows).*(amd64|x86_64|aarch64)");
        server = new LlamaServer(TinyModel.write(folder.resolve("tiny.gguf")));
        model = OpenAiModel.open(
                new OpenAiSettings(
                        "tiny",
                        server.url(),
                        Optional.of(1.0),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                ApiKey.NONE);
    }

    @AfterAll
    static void stop() {
        if (model != null) {
            model.close();
            server.close();
        }
    }

    private static Catalogue catalogue() {
        List<String> ids =
                IntStream.range(0, ITEMS).mapToObj(item -> "i" + item).toList();
        return new Catalogue(
                new Vocabulary(ids),
                List.of(),
                List.of(new Catalogue.TextColumn(
                        "title",
                        ids.stream().map(id -> "Thing \"" + id + "\"\n").toList())));
    }

    private static CandidatePlan plan(InteractionLog log) throws InterruptedException {
        PlanSettings settings = new PlanSettings(
                new PlanSettings.Nearest(4, 10, 0, 0),
                new PlanSettings.Popular(2, 10),
                new PlanSettings.ColdStart(0, 3, 1),
                new PlanSettings.LongTail(0, 0),
                0,
                new PlanSettings.HeldOut(0, 20));
        TrainingData data = Worlds.data(log, ITEMS);
        try (Blocks blocks = new Blocks(1)) {
            return new Planner(
                            data,
                            Worlds.embeddings(ITEMS, 12, 2),
                            EmbeddingTeacherSettings.defaults(),
                            settings,
                            new Seed(3))
                    .plan(blocks, ProgressListener.NONE);
        }
    }

    @Test
    void everyQuestionOfAPlanGetsAValidAnswer() throws Exception {
        InteractionLog log = Worlds.log(3, ITEMS, 3, 6, 9);
        CandidatePlan plan = plan(log);
        for (QuestionKind kind : List.of(QuestionKind.SCORED_ITEMS, QuestionKind.RANKED_LIST)) {
            QuestionForm form =
                    new QuestionSettings(kind, 3, CANDIDATES, List.of(), Recency.NONE, 60, 2, 200).form(catalogue());
            Map<AnswerFault, Integer> faults = new EnumMap<>(AnswerFault.class);
            int answered = 0;
            for (int user = 0; user < plan.users(); user++) {
                int[] history = Worlds.history(log, user, form.historyLength());
                for (int from = plan.offsets()[user]; from < plan.offsets()[user + 1]; from += CANDIDATES) {
                    int to = Math.min(plan.offsets()[user + 1], from + CANDIDATES);
                    int[] candidates = Arrays.copyOfRange(plan.items(), from, to);
                    float[] scores = ask(form, form.prompt(history, candidates), candidates.length, faults);
                    assertThat(scores).hasSize(candidates.length);
                    for (float score : scores) {
                        assertThat(score).isBetween(0f, 1f);
                    }
                    answered += scores.length;
                }
            }
            assertThat(answered).isEqualTo(plan.size()).isGreaterThan(10);
            // The grammar enforces the form, but not that each item occurs once, which a random model gets wrong.
            assertThat(faults.keySet()).isSubsetOf(AnswerFault.DOUBLED_ITEM);
            assertThat(faults).isNotEmpty();
        }
    }

    private static float[] ask(QuestionForm form, Prompt prompt, int candidates, Map<AnswerFault, Integer> faults)
            throws Exception {
        for (int attempt = 0; attempt < 300; attempt++) {
            Reply reply = model.reply(prompt, TIMEOUT);
            assertThat(reply.promptTokens()).isGreaterThan(prompt.user().length());
            Answer answer = form.read(reply, candidates);
            if (answer instanceof Answer.Scores scores) {
                return scores.scores();
            }
            faults.merge(((Answer.Unusable) answer).fault(), 1, Integer::sum);
        }
        throw new AssertionError("no valid answer in 300: " + faults);
    }

    @Test
    void textsOfEveryKindAreWritten() throws Exception {
        InteractionLog log = Worlds.log(3, ITEMS, 3, 6, 9);
        TrainingData world = Worlds.data(log, 4);
        TrainingData data = new TrainingData(
                world.name(),
                world.hash(),
                InteractionLog.of(new int[] {0, 2, 3, 5}, new int[] {0, 1, 2, 3, 0}, new long[5]),
                catalogue(),
                world.userIds(),
                List.of(),
                List.of(),
                new Samples(new Instances(new int[] {0, 0}, new int[] {1, 3}, new int[] {1, 1}), 1),
                world.validation().samples());
        TextSettings settings = new TextSettings(100, 3, 0.5, 1, List.of(), 60, 0);
        server.grammar = "root ::= (word \" \"){3,20} word \".\"\nword ::= [a-z]{1,9}";
        for (TextKind kind : List.of(TextKind.USER_KNOWLEDGE, TextKind.CHAIN_OF_THOUGHT)) {
            TextPlan plan = settings.plan(kind, data, 1);
            Path store = folder.resolve(kind.toString());
            AskingResult result = new ScoringRun(
                            new TextRequests(plan.histories(data), settings.form(kind, data.catalogue()), model),
                            model,
                            TokenPrice.defaults(),
                            AskingSettings.defaults())
                    .run(store, AskingListener.NONE);
            try (StoreReader reader = StoreReader.open(store)) {
                TextTable texts = StoredTexts.table(reader);
                assertThat(texts.kind()).isEqualTo(kind);
                assertThat(texts.texts()).allMatch(text -> text.matches("([a-z]{1,9} ){3,20}[a-z]{1,9}\\."));
                assertThat(texts.size())
                        .isEqualTo(plan.size())
                        .isEqualTo(result.progress().answered());
                assertThat(reader.summary().promptTokens()).isGreaterThan(1000);
            }
        }
        server.grammar = "";
    }

    @Test
    void withoutAGrammarTheAnswerIsUnusable() throws Exception {
        QuestionForm form = new QuestionSettings(
                        QuestionKind.SCORED_ITEMS, 3, CANDIDATES, List.of(), Recency.NONE, 60, 2, 0)
                .form(catalogue());
        Prompt prompt = form.prompt(new int[] {1}, new int[] {2, 3});
        Reply reply = model.reply(new Prompt(prompt.system(), prompt.user(), Optional.empty(), 0, 40), TIMEOUT);
        assertThat(reply.text()).isNotEmpty();
        assertThat(form.read(reply, 2)).isInstanceOf(Answer.Unusable.class);
    }

    @Test
    void missingLogProbabilitiesAreAFault() throws Exception {
        QuestionForm form =
                new QuestionSettings(QuestionKind.YES_NO, 3, 1, List.of(), Recency.NONE, 60, 2, 9).form(catalogue());
        Answer answer = form.read(model.reply(form.prompt(new int[] {1}, new int[] {2}), TIMEOUT), 1);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Unusable.class,
                        wrong -> assertThat(wrong.fault()).isIn(AnswerFault.NO_LOG_PROBABILITIES, AnswerFault.EMPTY));
    }

    @Test
    void tokensOfAnUnknownModelAreEstimated() {
        assertThat(model.tokens("12345678")).isEqualTo(new LanguageModel.TokenCount(2, false));
        assertThat(model.provider()).isEqualTo("openai-compatible");
    }
}
