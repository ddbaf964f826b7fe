// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts the session that a job runs in. */
public final class JobSession {
    private JobSession() {}

    /**
     * The session of a job: on the cluster that {@code spark-submit} names, else in this process, on all processors of
     * the machine. Then nothing listens to other machines, and there is no page of Spark's.
     *
     * @param name what the cluster shows of the job
     */
    public static SparkSession start(String name) {
        SparkConf given = new SparkConf();
        if (given.contains("spark.master")) {
            return SparkSession.builder().config(given).appName(name).getOrCreate();
        }
        return local("local[*]", Path.of(System.getProperty("java.io.tmpdir", "/tmp")), given)
                .appName(name)
                .getOrCreate();
    }

    /**
     * A session in this process.
     *
     * @param master such as {@code local[4]}
     * @param folder where Spark keeps what does not fit in memory, and tables
     * @param settings further settings, which precede those of here
     */
    static SparkSession.Builder local(String master, Path folder, SparkConf settings) {
        SparkConf all = new SparkConf(false)
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.local.dir", folder.resolve("spark").toString())
                .set(
                        "spark.sql.warehouse.dir",
                        folder.resolve("spark-warehouse").toString());
        for (scala.Tuple2<String, String> setting : settings.getAll()) {
            all.set(setting._1(), setting._2());
        }
        return SparkSession.builder().config(all).master(master);
    }
}
