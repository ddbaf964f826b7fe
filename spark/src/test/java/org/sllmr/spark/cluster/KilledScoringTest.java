// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans, scores and questions lose nothing with an executor.
 *
 * <p>{@code -Dsllmr.executors=4} for four of them.
 */
class KilledScoringTest {
    @TempDir
    Path folder;

    @Test
    void aLostExecutorChangesNoScoreAndNoAnswerIsAskedForTwice() throws Exception {
        assertThat(ClusterProgram.run(folder, KilledScoring.class, Integer.toString(ClusterProgram.EXECUTORS)))
                .contains("plan and scores as one machine's")
                .contains("answers as one machine's");
    }
}
