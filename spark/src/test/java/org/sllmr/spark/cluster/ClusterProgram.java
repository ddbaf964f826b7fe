// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Programs whose executors are processes of their own, some of which end without any goodbye. */
public final class ClusterProgram {
    /** Number of executors; {@code -Dsllmr.executors=4} for four of them. */
    public static final int EXECUTORS = Integer.getInteger("sllmr.executors", 2);

    private ClusterProgram() {}

    /**
     * Runs a program in a process of its own; fails unless it ends well.
     *
     * @param folder where it works
     * @return what it said
     */
    public static String run(Path folder, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        // Spark looks for its jars there; executors get all from the class path of this process.
        Path home = folder.resolve("spark-home");
        Files.createDirectories(home.resolve("jars"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dsllmr.executors=" + EXECUTORS));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        // Executors start in folders of their own.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(folder.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /**
     * A session with executors that are processes of this machine.
     *
     * @param executors their number, each with one task at a time
     */
    public static SparkSession session(int executors) {
        return SparkSession.builder()
                .master("local-cluster[" + executors + ",1,1024]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                // More tasks than executors, so that a lost one leaves some.
                .config("spark.default.parallelism", "8")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .getOrCreate();
    }

    /** Numbers of the executors' processes, which all have a task. */
    public static Set<Long> processes(SparkSession session, int executors) {
        long here = ProcessHandle.current().pid();
        Set<Long> found = new TreeSet<>();
        for (int attempt = 0; attempt < 200 && found.size() < executors; attempt++) {
            found.addAll(session.range(0, 4L * executors, 1, 4 * executors)
                    .mapPartitions(
                            (MapPartitionsFunction<Long, Long>) numbers -> {
                                Thread.sleep(100);
                                return List.of(ProcessHandle.current().pid()).iterator();
                            },
                            Encoders.LONG())
                    .collectAsList());
        }
        require(found.size() >= executors && !found.contains(here), "executors have the processes " + found);
        return found;
    }

    /** Ends a program that went wrong. */
    public static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Says something to who started the program. */
    public static void say(String line) {
        System.out.println(line);
    }

    /** Ends a process without any goodbye: when it is told, or when the first task is done. */
    public static final class Killer extends SparkListener {
        private final long victim;
        private final boolean atFirstTask;
        private final AtomicBoolean killed = new AtomicBoolean();
        private final AtomicBoolean removed = new AtomicBoolean();

        /**
         * A killer of a process.
         *
         * @param atFirstTask whether the end of a task is its sign
         */
        public Killer(long victim, boolean atFirstTask) {
            this.victim = victim;
            this.atFirstTask = atFirstTask;
        }

        /** Kills it, once. */
        public void kill() {
            if (killed.compareAndSet(false, true)) {
                ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
            }
        }

        /** Fails unless the process was killed and its executor lost. */
        public void requireLost(SparkSession session, int executors) throws InterruptedException {
            require(killed.get(), "no executor was killed");
            for (int attempt = 0; attempt < 600 && !removed.get(); attempt++) {
                Thread.sleep(50);
            }
            require(removed.get(), "no executor was lost");
            require(!processes(session, executors).contains(victim), "the killed process is at work");
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd event) {
            if (atFirstTask) {
                kill();
            }
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
            removed.set(true);
        }
    }
}
