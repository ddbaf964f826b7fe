// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiSettings;
import org.sllmr.llm.question.QuestionKind;
import org.sllmr.llm.question.QuestionSettings;
import org.sllmr.llm.question.Recency;
import org.sllmr.llm.run.AskingEnd;
import org.sllmr.llm.run.AskingListener;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.AskingSettings;
import org.sllmr.llm.run.FaultyServer;
import org.sllmr.llm.run.Questions;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoreSummary;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.spark.session.TestSession;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.Worlds;

/** Questions by partitions of users, to a server that fails in every way. */
public final class SparkAskingTest {
    private static final ApiKey KEY = ApiKey.ofEnvironment(Map.of("KEY", "secret-key"), "KEY");
    private static final double MILLION = 1e6;

    @TempDir
    Path folder;

    private final SparkSession session = TestSession.get();
    private final Questions questions = Questions.of(60, 10, 5).withHeldOutUsers();

    /** The data of questions. */
    public static TrainingData data(Questions questions) {
        TrainingData world = Worlds.data(questions.log(), 1);
        return new TrainingData(
                world.name(),
                world.hash(),
                questions.log(),
                questions.catalogue(),
                world.userIds(),
                List.of(),
                List.of(),
                world.training(),
                world.validation().samples());
    }

    /** Settings under which every question is answered in the end. */
    public static LanguageSettings settings(
            String url, int concurrency, Optional<Integer> requestsPerMinute, Optional<Double> budget) {
        return settings(url, concurrency, 1, requestsPerMinute, budget);
    }

    private static LanguageSettings settings(
            String url,
            int concurrency,
            double timeoutSeconds,
            Optional<Integer> requestsPerMinute,
            Optional<Double> budget) {
        return LanguageSettings.defaults()
                .with(OpenAiSettings.of("m", url))
                .with(new QuestionSettings(QuestionKind.SCORED_ITEMS, 10, 5, List.of(), Recency.NONE, 100, 5, 0))
                .with(new AskingSettings(
                        concurrency,
                        timeoutSeconds,
                        requestsPerMinute,
                        Optional.empty(),
                        budget,
                        new AskingSettings.Retries(100, 100, 0.01, 0.1),
                        AskingSettings.defaults().breaker(),
                        AskingSettings.Answers.defaults()));
    }

    /** Number of right answers that came too late on a busy machine. */
    public static int late(AskingResult result, FaultyServer server) {
        long timeouts = result.progress().faults().getOrDefault("timeout", 0L);
        return (int) Math.max(0, timeouts - server.faults().getOrDefault("timeout", 0L));
    }

    private LanguageTeacher.Asked ask(LanguageSettings settings, String store) throws IOException {
        return new SparkAsking(session, settings, KEY)
                .ask(questions.plan(), data(questions), folder.resolve(store).toString(), ProgressListener.NONE);
    }

    private byte[] bytes(TeacherTableFile scores) throws IOException {
        Path file = folder.resolve("scores");
        scores.write(file);
        return Files.readAllBytes(file);
    }

    @Test
    void theTableIsThatOfOneMachineAndNothingIsAskedTwice() throws Exception {
        try (FaultyServer server = new FaultyServer(5, 0.1, 5)) {
            LanguageSettings settings = settings(server.url(), 6, Optional.empty(), Optional.empty());
            LanguageTeacher.Asked asked = ask(settings, "store");
            int requests = asked.result().progress().total();
            int before = server.asked.size();

            assertThat(asked.result().end()).isEqualTo(AskingEnd.DONE);
            assertThat(asked.result().progress().answered()).isEqualTo(requests);
            assertThat(asked.result().progress().faults()).isNotEmpty();
            assertThat(server.right.get() - late(asked.result(), server)).isEqualTo(requests);
            assertThat(server.mostUnderWay).hasValueLessThanOrEqualTo(6 + before - requests);
            assertThat(questions.plan().heldOut()).contains(true, false);
            assertThat(server.asked.stream().map(FaultyServer::history).distinct())
                    .isSubsetOf(questions.allowedHistories(10));

            try (StoreReader store = StoreReader.open(folder.resolve("store"))) {
                StoreSummary summary = store.summary();
                assertThat(summary.requests()).isEqualTo(requests);
                assertThat(summary.answered()).isEqualTo(requests);
                assertThat(summary.attempts()).isEqualTo(before);
                assertThat(summary.faults())
                        .containsExactlyInAnyOrderEntriesOf(
                                asked.result().progress().faults());
                assertThat(summary.running()).isEmpty();
                assertThat(bytes(StoredScores.table(store, settings.normalization())))
                        .isEqualTo(bytes(asked.scores()));
            }

            // Other shares of the limits, and as many parts as before.
            LanguageTeacher.Asked again = ask(settings(server.url(), 2, Optional.of(60), Optional.empty()), "store");
            assertThat(server.asked).hasSize(before);
            assertThat(again.result().progress().answeredBefore()).isEqualTo(requests);
            assertThat(again.result().progress().answered()).isZero();
            assertThat(bytes(again.scores())).isEqualTo(bytes(asked.scores()));

            try (LanguageTeacher one = LanguageTeacher.open(settings, KEY)) {
                assertThat(bytes(asked.scores()))
                        .isEqualTo(bytes(
                                one.ask(questions.plan(), data(questions), folder.resolve("one"), AskingListener.NONE)
                                        .scores()));
            }
        }
    }

    /** Time only grows on a busy machine, so that the limit's least time holds. */
    @Test
    void theLimitsHoldForAllTasksTogether() throws Exception {
        try (FaultyServer server = new FaultyServer(5, 0, 1)) {
            long start = System.nanoTime();
            LanguageTeacher.Asked asked = ask(settings(server.url(), 3, Optional.of(1500), Optional.empty()), "store");
            double minutes = (System.nanoTime() - start) / 60e9;
            int requests = asked.result().progress().total();

            assertThat(asked.result().progress().answered()).isEqualTo(requests);
            assertThat(requests).isGreaterThan(90);
            assertThat(server.mostUnderWay).hasValueLessThanOrEqualTo(3);
            assertThat(minutes).isGreaterThan((requests - 3) / 1500.0);
        }
    }

    @Test
    void theBudgetHoldsForAllTasksTogetherAndWhatIsLeftOfItIsHandedOn() throws Exception {
        try (FaultyServer server = new FaultyServer(5, 0, 1)) {
            // The server reports 100 tokens of the prompt and 20 of the reply.
            TokenPrice price = new TokenPrice(MILLION / 200, MILLION / 40);
            // What a request that came too late may have cost counts as spent: none does, however busy the machine.
            LanguageSettings half = settings(server.url(), 4, 300, Optional.empty(), Optional.empty())
                    .with(price, 50);
            LanguageTeacher.Asked some = ask(half, "store");
            int first = some.result().progress().answered();

            assertThat(some.result().end()).isEqualTo(AskingEnd.BUDGET);
            assertThat(some.result().progress().spent()).isEqualTo(first).isLessThanOrEqualTo(50);
            assertThat(server.asked).hasSize(first);
            assertThat(some.scores().table().size()).isPositive();
            try (LanguageTeacher one = LanguageTeacher.open(half, KEY)) {
                // Both stop when the next question could cost more than what is left.
                assertThat(one.ask(questions.plan(), data(questions), folder.resolve("one"), AskingListener.NONE)
                                .result()
                                .progress()
                                .answered())
                        .isBetween(first - 5, first + 5);
            }

            int before = server.asked.size();
            LanguageTeacher.Asked rest = ask(half.with(price, 1000), "store");
            assertThat(rest.result().end()).isEqualTo(AskingEnd.DONE);
            assertThat(rest.result().progress().answeredBefore()).isEqualTo(first);
            assertThat(server.asked.size() - before)
                    .isEqualTo(rest.result().progress().total() - first);
        }
    }

    @Test
    void whatCannotBeAskedIsSaid() throws Exception {
        try (FaultyServer server = new FaultyServer(5, 0, 1)) {
            LanguageSettings settings = settings(server.url(), 4, Optional.empty(), Optional.empty());
            Files.createDirectories(folder.resolve("other"));
            Files.writeString(folder.resolve("other/file"), "");
            assertThatThrownBy(() -> ask(settings, "other"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("has other files and no store of Spark's");

            // A driver that was killed while it made a store.
            Files.createDirectories(folder.resolve("store"));
            Files.writeString(folder.resolve("store/plan"), "the beginning of");
            Files.writeString(folder.resolve("store/store.json.unfinished"), "");

            ask(settings, "store");
            int before = server.asked.size();
            assertThatThrownBy(() -> ask(settings.with(OpenAiSettings.of("n", server.url())), "store"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("has answers for the model m, but this run is for n");
            assertThat(server.asked).hasSize(before);
        }
        assertThatThrownBy(() ->
                        ask(settings("http://127.0.0.1:1/v1", 4, Optional.empty(), Optional.empty()), "unreachable"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the answers so far are kept in");
    }

    @Test
    void aStoreThatOnlyExecutorsSeeIsNamed() throws Exception {
        StoreOfParts store = StoreOfParts.open(
                folder.resolve("store").toString(), session.sparkContext().hadoopConfiguration(), questions.plan(), 10);

        assertThat(store.parts()).isEqualTo(6);
        assertThatThrownBy(() -> store.requireShared(3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not the same folder for the driver and the executors");
    }

    /** A journal whose process was killed while it wrote, and one whose table was just finished. */
    @Test
    void aPartIsReadWhereverItsWriterWasKilled() throws Exception {
        try (FaultyServer server = new FaultyServer(5, 0, 1)) {
            LanguageSettings settings = settings(server.url(), 4, Optional.empty(), Optional.empty());
            LanguageTeacher.Asked asked = ask(settings, "store");
            int before = server.asked.size();
            Path part = folder.resolve("store/parts/part-00000");
            PartFolder opened = PartFolder.of(
                    new org.apache.hadoop.fs.Path(part.toUri()),
                    session.sparkContext().hadoopConfiguration());
            int attempts = opened.read().size();
            // The journal of a finished table does not count again; a line without an end never counted.
            Files.writeString(part.resolve("journal-000001"), "whatever\n");
            Files.writeString(part.resolve("journal-000002"), "0123abcd {\"run\":1,");

            assertThat(attempts).isPositive();
            assertThat(opened.read()).hasSize(attempts);
            assertThat(bytes(ask(settings, "store").scores())).isEqualTo(bytes(asked.scores()));
            assertThat(server.asked).hasSize(before);
            assertThat(new HashSet<>(
                            opened.read().stream().map(StoredAttempt::key).toList()))
                    .hasSize(attempts);
            assertThat(part.resolve("journal-000001")).doesNotExist();
            assertThat(part.resolve("journal-000002")).doesNotExist();
        }
    }

    /** An object store cannot flush an open file. */
    @Test
    void aFileSystemThatCannotFlushGetsAFileForEachAttempt() throws Exception {
        org.apache.hadoop.fs.Path path =
                new org.apache.hadoop.fs.Path(folder.resolve("part").toUri());
        PartFolder checked =
                new PartFolder(path.getFileSystem(session.sparkContext().hadoopConfiguration()), path);
        try (FaultyServer server = new FaultyServer(5, 0, 1)) {
            LanguageTeacher.Asked asked = ask(settings(server.url(), 4, Optional.empty(), Optional.empty()), "store");
            assertThat(asked.result().end()).isEqualTo(AskingEnd.DONE);
        }
        PartStore store = new PartStore(checked, 1);
        for (int index = 0; index < 3; index++) {
            store.add(Attempts.answered(index));
            assertThat(Files.list(folder.resolve("part"))
                            .filter(file -> !file.getFileName().toString().startsWith(".")))
                    .hasSize(index + 1);
        }
        // Killed here: another task finds everything, and puts it into one table.
        try (PartStore next = new PartStore(checked, 2)) {
            assertThat(next.answeredBefore()).isEqualTo(3);
            assertThat(next.spentBefore()).isEqualTo(0.75);
            assertThat(checked.read()).hasSize(3);
            assertThat(Files.list(folder.resolve("part"))
                            .filter(file -> file.getFileName().toString().endsWith(".parquet"))
                            .filter(file -> !file.getFileName().toString().startsWith(".")))
                    .hasSize(1);
        }
    }
}
