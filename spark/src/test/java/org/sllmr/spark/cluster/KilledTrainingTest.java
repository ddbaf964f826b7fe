// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

/** Executors are processes of their own: each is sent the data and the model, and one may end at any time. */
class KilledTrainingTest {
    @TempDir
    Path folder;

    @Test
    void aLostExecutorChangesNoByte() throws Exception {
        RunSettings settings =
                RunConfiguration.read("test", """
                model: {backbone: {name: dcnv2, mlp: {units: [16, 8], dropout: 0.1}}, embeddingDimension: 8}
                training: {maxEpochs: 2, batchSize: 16, negatives: drawn}
                """).on(SmallShop.in(folder, 120).dataset(), Optional.empty());
        RunFolder whole;
        try (SparkTraining workers = new SparkTraining(TestSession.get(), new Division(ClusterProgram.EXECUTORS, 8));
                RunDestination place = RunDestination.lock(folder.resolve("whole"))) {
            whole = RunExecution.execute(settings, RunInputs.of(settings), place, TrainingListener.SILENT, workers);
        }

        assertThat(ClusterProgram.run(
                        folder,
                        KilledTraining.class,
                        whole.path().toString(),
                        folder.resolve("killed").toString()))
                .contains("the run as that of executors that lived");
    }
}
