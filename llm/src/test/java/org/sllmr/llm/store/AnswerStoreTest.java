// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.llm.Reply;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.RequestOrigin;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.llm.run.FaultyModel;
import org.sllmr.llm.run.PlainForm;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;

class AnswerStoreTest {
    static final CandidatePlan PLAN = new CandidatePlan(
            new CandidatePlan.Origin("world", "hash", 5, PlanSettings.defaults()),
            new int[] {0, 3, 5},
            new int[] {1, 2, 3, 4, 5},
            new byte[5]);
    private static final Requests REQUESTS = new ScoreRequests(
            PLAN.histories(InteractionLog.of(new int[] {0, 1, 2}, new int[] {8, 9}, new long[2])),
            new PlainForm(10, 3),
            new FaultyModel(1, 0, Duration.ZERO),
            1);
    private static final RequestOrigin ORIGIN = REQUESTS.origin();
    static final RunRecord RUN =
            new RunRecord(Instant.EPOCH, ORIGIN, "http://localhost:1", 1, 2, 1, 2, Optional.of(3.0), Map.of());

    @TempDir
    private Path folder;

    private Path store() {
        return folder.resolve("it's a store");
    }

    private static Attempt answered(int index) {
        return answered(index, "a 'text' with \"quotes\",\n lines and \u202e\ud83d\ude00");
    }

    static Attempt answered(int index, String text) {
        Request request = REQUESTS.request(index);
        float[] scores = new float[request.candidates().length];
        for (int place = 0; place < scores.length; place++) {
            scores[place] = request.candidates()[place] / 10f;
        }
        List<Reply.Alternative> first = List.of(new Reply.Alternative(" Yes", -0.25));
        return new Attempt(
                request,
                1,
                Instant.ofEpochSecond(1_700_000_000, 123_456_000),
                Duration.ofMillis(12),
                0.5,
                new Attempt.Answered(new Reply(text, Reply.Finish.COMPLETE, 7, 8, first), scores));
    }

    private void add(int... indices) throws IOException {
        try (AnswerStore store = AnswerStore.open(store(), PLAN::write, RUN)) {
            for (int index : indices) {
                store.add(answered(index));
            }
        }
    }

    private List<RequestKey> answeredKeys() throws IOException {
        List<RequestKey> keys = new ArrayList<>();
        try (StoreReader reader = StoreReader.open(store())) {
            reader.forEachAnswered(keys::add);
        }
        return keys;
    }

    /** Adds an answer like a process that ends before it moves it into the database. */
    private Path left(int index) throws IOException {
        byte[] line = JournalLines.line(JournalEntry.of(1, answered(index)));
        Path file = Journal.file(store(), 900);
        if (!Files.exists(file)) {
            Journal.create(store(), 900).close();
        }
        return Files.write(file, line, StandardOpenOption.APPEND);
    }

    @Test
    void attemptsRunsAndCostsAreStored() throws IOException {
        add(0);
        add(1);
        try (StoreReader reader = StoreReader.open(store())) {
            assertThat(reader.runs()).containsExactly(RUN, RUN);
            assertThat(reader.plan().hash()).isEqualTo(PLAN.hash());
            StoreSummary summary = reader.summary();
            assertThat(summary.answered()).isEqualTo(2);
            assertThat(summary.cost()).isEqualTo(1.0);
            assertThat(summary.promptTokens()).isEqualTo(14);
            assertThat(summary.medianLatencyMillis()).isEqualTo(12);
            assertThat(StoredScores.table(reader, new Normalization.None())
                            .table()
                            .scores())
                    .containsExactly(0.1f, 0.2f, 0.3f, 0.4f, 0.5f);
        }
        try (AnswerStore again = AnswerStore.open(store(), PLAN::write, RUN)) {
            assertThat(again.spentBefore()).isEqualTo(1.0);
        }
    }

    @Test
    void journalsOfAKilledRunAreReadAndMerged() throws IOException {
        add(0);
        left(1);
        assertThat(answeredKeys()).hasSize(2);
        add();
        assertThat(Journal.numbers(store())).isEmpty();
        assertThat(answeredKeys()).hasSize(2);
    }

    @Test
    void anIncompleteLastLineIsSkipped() throws IOException {
        add(0);
        byte[] line = JournalLines.line(JournalEntry.of(1, answered(1)));
        for (int length : new int[] {1, 8, 20, line.length - 1}) {
            Files.deleteIfExists(Journal.file(store(), 900));
            Journal.create(store(), 900).close();
            Files.write(Journal.file(store(), 900), Arrays.copyOf(line, length), StandardOpenOption.APPEND);
            assertThat(answeredKeys()).as("%d bytes", length).hasSize(1);
        }
        add(1);
        assertThat(answeredKeys()).hasSize(2);
    }

    @Test
    void lostForcedBytesAreNoticed() throws IOException {
        add();
        Path file = Journal.file(store(), 900);
        try (Journal journal = Journal.create(store(), 900)) {
            journal.append(JournalLines.line(JournalEntry.of(1, answered(0))));
            journal.force();
            journal.append(JournalLines.line(JournalEntry.of(1, answered(1))));
        }
        byte[] whole = Files.readAllBytes(file);
        int forced = whole.length - JournalLines.line(JournalEntry.of(1, answered(1))).length;
        for (int length : new int[] {forced, whole.length - 1, whole.length}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(answeredKeys()).as("%d bytes", length).hasSize(length == whole.length ? 2 : 1);
        }
        for (int length : new int[] {0, 1, 20, forced / 2, forced - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(this::answeredKeys)
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("journal-000900")
                    .hasMessageContaining("its requests are then asked again");
        }
        // Earlier versions did not record the length.
        Files.write(file, JournalLines.line(JournalEntry.of(1, answered(0))));
        assertThat(answeredKeys()).hasSize(1);
    }

    @Test
    void damageIsReportedAndNothingIsLost() throws IOException {
        add(0);
        Path journal = left(1);
        left(1);
        byte[] bytes = Files.readAllBytes(journal);
        bytes[80] ^= 1;
        Files.write(journal, bytes);
        assertThatThrownBy(this::answeredKeys)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("journal-000900:2: is damaged");
        assertThatThrownBy(this::add).isInstanceOf(InvalidInputException.class);
        assertThat(journal).exists();
        Files.delete(journal);
        Path database = store().resolve("answers.duckdb");
        byte[] broken = Files.readAllBytes(database);
        Arrays.fill(broken, 0, 4096, (byte) 7);
        Files.write(database, broken);
        assertThatThrownBy(this::answeredKeys)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("answers.duckdb: is damaged or not the database of a store");
        assertThatThrownBy(() -> add(1)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void fullJournalsAreMergedDuringARun() throws IOException, InterruptedException {
        int many = 12_000;
        try (AnswerStore store = AnswerStore.open(store(), PLAN::write, RUN)) {
            Attempt attempt = answered(0);
            for (int index = 0; index < many; index++) {
                store.add(attempt);
            }
            // Full journals are merged while the store is open.
            for (int wait = 0; wait < 2_000 && Journal.numbers(store()).get(0) == 1; wait++) {
                Thread.sleep(50);
            }
            assertThat(Journal.numbers(store()).get(0)).isGreaterThan(1);
        }
        try (StoreReader reader = StoreReader.open(store())) {
            assertThat(reader.summary().attempts()).isEqualTo(many);
            assertThat(reader.summary().requests()).isEqualTo(2);
        }
        assertThat(Journal.numbers(store())).isEmpty();
    }
}
