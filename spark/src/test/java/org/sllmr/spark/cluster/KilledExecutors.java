// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.sllmr.model.Backbones;

/**
 * A program that does every kind of work on executors, each a process of its own, and kills one of them in the middle of each.
 * It fails unless the results are those of one machine.
 */
final class KilledExecutors {
    private KilledExecutors() {}

    /**
     * Runs.
     *
     * @param arguments number of executors; a bundle; the folder of a run by as many workers or fewer, and where to make
     *     the same run
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int executors = Integer.parseInt(arguments[0]);
        Path folder = Path.of("").toAbsolutePath();
        // As --jars does: known to the executors, and on no process's class path.
        System.setProperty("spark.jars", BackboneJar.write(folder).toString());
        // Until the lost executor has a successor, no round of a training can begin.
        System.setProperty("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
        try (SparkSession session = ClusterProgram.session(executors)) {
            findBackbones(session);
            KilledExecutor.run(session, executors, Path.of(arguments[1]));
            new KilledScoring(session, executors, folder).run();
            KilledTraining.run(session, executors, Path.of(arguments[2]), Path.of(arguments[3]));
        }
    }

    private static void findBackbones(SparkSession session) {
        List<String> names = session.range(0, 1, 1, 1)
                .mapPartitions(
                        (MapPartitionsFunction<Long, String>) rows -> Backbones.all().stream()
                                .map(Backbones.Entry::name)
                                .iterator(),
                        Encoders.STRING())
                .collectAsList();
        ClusterProgram.require(names.contains(BackboneJar.NAME), "executors know the backbones " + names);
        ClusterProgram.say("executors know the backbone of a jar");
    }
}
