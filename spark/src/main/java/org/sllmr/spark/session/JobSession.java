// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.sllmr.configuration.InvalidInputException;

/** The session that a job runs in. */
public final class JobSession {
    private JobSession() {}

    /**
     * What runs in a session.
     *
     * @param <T> what it gives
     * @param <E> what it throws besides
     */
    @FunctionalInterface
    public interface Job<T, E extends Exception> {
        /** Runs. */
        T run(SparkSession session) throws IOException, E;
    }

    /**
     * Runs a job in the session that there is. Where there is none, it gets one of its own: on the cluster that {@code
     * spark-submit} names, else in this process, on all processors of the machine.
     *
     * @param name what the cluster shows of the job
     * @param tasks how many tasks have to run at once; in this process they do, also with fewer processors
     */
    public static <T, E extends Exception> T run(String name, int tasks, Job<T, E> job) throws IOException, E {
        if (SparkSession.getDefaultSession().isDefined()) {
            return job.run(SparkSession.getDefaultSession().get());
        }
        SparkConf given = new SparkConf();
        checkSerializer(given, JobSession.class.getClassLoader());
        SparkSession.Builder builder = given.contains("spark.master") ? SparkSession.builder() : local(here(tasks));
        try (SparkSession session = builder.appName(name).getOrCreate()) {
            return job.run(session);
        }
    }

    private static String here(int tasks) {
        return tasks > Runtime.getRuntime().availableProcessors() ? "local[" + tasks + "]" : "local[*]";
    }

    /**
     * Checks that the serializer finds what it needs: Kryo loads classes of Spark ML, and those a library that the launcher
     * leaves out.
     *
     * @throws InvalidInputException if it does not
     */
    static void checkSerializer(SparkConf given, ClassLoader libraries) {
        if (given.get("spark.serializer", "").endsWith("KryoSerializer")
                && !given.contains("spark.testing")
                && libraries.getResource("breeze/linalg/Matrix.class") == null) {
            throw new InvalidInputException(
                    "spark.serializer",
                    "is Kryo, which needs the library breeze, and it is not on the class path; leave the setting out here"
                            + " (on a cluster, whose Spark has the library, both serializers work)");
        }
    }

    /**
     * A session in this process: nothing listens to other machines, and there is no page of Spark's.
     *
     * @param master such as {@code local[4]}
     */
    static SparkSession.Builder local(String master) {
        return SparkSession.builder()
                .master(master)
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                // Spark's own number is for clusters: tasks that are started here for nothing would take most of the
                // time.
                .config(
                        "spark.sql.shuffle.partitions",
                        2L * Runtime.getRuntime().availableProcessors());
    }
}
