// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.language.Prompt;
import org.sllmr.teacher.language.ProviderException;
import org.sllmr.teacher.language.Reply;
import org.sllmr.teacher.request.Requests;
import org.sllmr.teacher.store.Normalization;
import org.sllmr.teacher.store.StoreReader;
import org.sllmr.teacher.store.StoreSummary;
import org.sllmr.teacher.store.StoredScores;

class ScoringRunTest {
    private static final RunSettings.Retries QUICK = new RunSettings.Retries(100, 100, 0.002, 0.02);
    private static final RunSettings.Breaker PATIENT = new RunSettings.Breaker(1000, 1, 10);

    @TempDir
    private Path folder;

    private static RunSettings settings(int concurrency) {
        return new RunSettings(
                concurrency, 5, Optional.empty(), Optional.empty(), Optional.empty(), QUICK, PATIENT);
    }

    private RunResult run(Questions questions, FaultyModel model, Requests requests, RunSettings settings)
            throws IOException, InterruptedException {
        return new ScoringRun(requests, questions.log(), PlainForm.DEFAULT, model, new Prices(2, 10), settings)
                .run(folder.resolve("store"), RunListener.NONE);
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
    void everyScoreIsRightAndEveryFaultIsCountedWhateverGoesWrong() throws IOException, InterruptedException {
        int users = Integer.getInteger("sllmr.scoring.users", 350);
        long seed = System.nanoTime();
        Questions questions = Questions.of(users, 30, seed);
        FaultyModel model = new FaultyModel(seed, 0.4, Duration.ofMillis(2));
        Requests requests = questions.requests(model, 10, 2);
        RunResult result = run(questions, model, requests, settings(64));
        assertThat(result.end()).as("seed %d", seed).isEqualTo(RunEnd.DONE);
        assertEqual(table(), questions.right());
        assertThat(result.progress().faults()).as("seed %d", seed).isEqualTo(model.faults());
        StoreSummary summary = summary();
        assertThat(summary.faults()).containsExactlyInAnyOrderEntriesOf(model.faults());
        assertThat(summary.requests()).isEqualTo(requests.size()).isEqualTo(summary.answered());
        assertThat(summary.attempts()).isEqualTo(model.sent.size());
        assertThat(summary.scores()).isEqualTo(2L * questions.plan().size());
        assertThat(summary.running()).isFalse();
        assertThat(model.injected).as("kinds of faults").hasSize(FaultyModel.Fault.values().length);
        assertThat(model.tooEarly).as("sent before Retry-After").hasValue(0);
        assertThat(model.mostUnderWay.get()).isLessThanOrEqualTo(64).isGreaterThan(48);
        assertThat(model.replies).as("right replies").hasValue(requests.size());
    }
}
