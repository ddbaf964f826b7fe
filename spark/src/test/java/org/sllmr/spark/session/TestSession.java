// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The one session of all tests of a process: four tasks at once, in this process. It ends with the process. */
public final class TestSession {
    private static final Path FOLDER = Path.of(
                    "target",
                    "spark-tests",
                    Long.toString(ProcessHandle.current().pid()))
            .toAbsolutePath();

    private TestSession() {}

    /** The session; started by whoever asks first. */
    public static SparkSession get() {
        return Holder.SESSION;
    }

    private static final class Holder {
        private static final SparkSession SESSION = JobSession.local("local[4]")
                .config("spark.local.dir", FOLDER.resolve("local").toString())
                .config("spark.sql.warehouse.dir", FOLDER.resolve("warehouse").toString())
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.default.parallelism", "4")
                .appName("tests")
                .getOrCreate();

        private Holder() {}
    }
}
