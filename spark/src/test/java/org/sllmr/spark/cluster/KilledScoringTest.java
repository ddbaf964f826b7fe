// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans, scores and questions lose nothing with an executor. */
class KilledScoringTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void aLostExecutorChangesNoScoreAndNoAnswerIsAskedForTwice(int executors) throws Exception {
        assertThat(ClusterProgram.run(folder, KilledScoring.class, Integer.toString(executors)))
                .contains("plan and scores as one machine's")
                .contains("answers as one machine's");
    }
}
