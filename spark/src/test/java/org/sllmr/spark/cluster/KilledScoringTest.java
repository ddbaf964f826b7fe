// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans, scores and questions lose nothing with an executor. */
class KilledScoringTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"2, JavaSerializer", "4, KryoSerializer"})
    void aLostExecutorChangesNoScoreAndNoAnswerIsAskedForTwice(String executors, String serializer) throws Exception {
        assertThat(ClusterProgram.run(folder, KilledScoring.class, executors, serializer))
                .contains("plan and scores as one machine's")
                .contains("answers as one machine's");
    }
}
