// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.BundleFixture;
import org.sllmr.bundle.format.HistoryForm;

/** Spark's other serializer. */
class KryoTest {
    @TempDir
    Path folder;

    @Test
    void everyJobWorksWithIt() throws Exception {
        Path bundle = new BundleFixture().write(folder.resolve("bundle"), HistoryForm.PLAIN, false);

        assertThat(ClusterProgram.run(folder, KryoJobs.class, bundle.toString()))
                .contains("prepared, recommended, ranked, scored and asked by Kryo");
    }
}
