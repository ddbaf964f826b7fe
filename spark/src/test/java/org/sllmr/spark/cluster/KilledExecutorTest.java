// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.BundleFixture;
import org.sllmr.bundle.format.HistoryForm;

/** Executors that are processes of their own: each opens the bundle that it was sent, and one may end at any time. */
class KilledExecutorTest {
    @TempDir
    Path folder;

    @Test
    void aLostExecutorChangesNoAnswer() throws Exception {
        Path bundle = new BundleFixture().write(folder.resolve("bundle"), HistoryForm.PLAIN, false);

        assertThat(ClusterProgram.run(folder, KilledExecutor.class, bundle.toString()))
                .contains("30000 answers as the library's");
    }
}
