// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.BundleFixture;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.runs.Division;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.spark.session.TestSession;
import org.sllmr.spark.training.SparkTraining;
import org.sllmr.training.TrainingListener;

/**
 * Executors that are processes of their own: each is sent bundle, data and model, and one may end at any time. One program does
 * it all, because to start such executors takes longer than what they do.
 *
 * <p>{@code -Dsllmr.executors=4} for four of them.
 */
class KilledExecutorsTest {
    private static final int EXECUTORS = Integer.getInteger("sllmr.executors", 2);

    @TempDir
    static Path folder;

    private static String said;

    @BeforeAll
    static void runTheProgram() throws Exception {
        Path bundle = new BundleFixture().write(folder.resolve("bundle"), HistoryForm.PLAIN, false);
        said = ClusterProgram.run(
                folder,
                KilledExecutors.class,
                Integer.toString(EXECUTORS),
                bundle.toString(),
                trained().path().toString(),
                folder.resolve("killed").toString());
    }

    /** A training by workers that live. */
    private static RunFolder trained() throws Exception {
        RunSettings settings =
                RunConfiguration.read("test", """
                model: {backbone: {name: dcnv2, mlp: {units: [16, 8], dropout: 0.1}}, embeddingDimension: 8}
                training: {maxEpochs: 2, batchSize: 16, negatives: drawn}
                """).on(SmallShop.in(folder, 60).dataset(), Optional.empty());
        try (SparkTraining workers = new SparkTraining(TestSession.get(), new Division(EXECUTORS, 8));
                RunDestination place = RunDestination.lock(folder.resolve("whole"))) {
            return RunExecution.execute(settings, RunInputs.of(settings), place, TrainingListener.SILENT, workers);
        }
    }

    @Test
    void aJarThatIsSentIsKnownToExecutors() {
        assertThat(said).contains("executors know the backbone of a jar");
    }

    @Test
    void aLostExecutorChangesNoAnswer() {
        assertThat(said).contains("9000 answers as the library's");
    }

    @Test
    void aLostExecutorChangesNoScoreAndNoAnswerIsAskedForTwice() {
        assertThat(said).contains("plan and scores as one machine's").contains("answers as one machine's");
    }

    @Test
    void aLostExecutorChangesNoByteOfATraining() {
        assertThat(said).contains("the run as that of executors that lived");
    }
}
