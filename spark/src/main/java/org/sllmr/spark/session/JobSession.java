// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.session;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.sllmr.configuration.InvalidInputException;

/** The session that a job runs in. */
public final class JobSession {
    /** Higher priorities go first; Spark's is the file system's and 30. */
    private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 60;

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
        try (SparkSession session = start(given.get("spark.master", "local"), builder.appName(name)::getOrCreate)) {
            return session.sparkContext().isLocal() ? silentWhenStopped(session, job) : job.run(session);
        }
    }

    /**
     * Starts a session.
     *
     * @param master where, as messages tell
     * @throws InvalidInputException if it cannot be started there
     */
    static SparkSession start(String master, Supplier<SparkSession> starting) {
        try {
            return starting.get();
        } catch (Exception e) {
            // Also Spark's own, which are checked exceptions that its methods do not declare.
            throw new InvalidInputException(
                    "spark.master",
                    "is " + master + ", and Spark does not start there ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "); check that the address is right and the cluster runs");
        }
    }

    /**
     * Runs a job in this process. When the process is stopped, so is Spark, in the middle of its tasks, each of which it would
     * log as an error with a stack trace.
     */
    private static <T, E extends Exception> T silentWhenStopped(SparkSession session, Job<T, E> job)
            throws IOException, E {
        Runnable silence = () -> session.sparkContext().setLogLevel("OFF");
        ShutdownHookManager hooks = ShutdownHookManager.get();
        hooks.addShutdownHook(silence, BEFORE_SPARK);
        try {
            return job.run(session);
        } finally {
            if (!hooks.isShutdownInProgress()) {
                hooks.removeShutdownHook(silence);
            }
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
