// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.sllmr.runs.Division;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.spark.training.SparkTraining;
import org.sllmr.training.StepProgress;
import org.sllmr.training.TrainingListener;

/**
 * A program that trains on executors, each a process of its own, and kills one of them in the middle. It fails unless the
 * run has the bytes of one whose executors all lived.
 */
final class KilledTraining {

    private KilledTraining() {}

    /**
     * Runs.
     *
     * @param arguments the folder of a run by as many workers, and where to make the other one
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunFolder whole = RunFolder.open(Path.of(arguments[0]));
        RunSettings settings = RunConfiguration.read("the run", whole.contents().configuration());
        Division division = whole.contents().provenance().division().orElseThrow();
        // Until the lost executor has a successor, no round can begin.
        System.setProperty("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
        try (SparkSession session = ClusterProgram.session(ClusterProgram.EXECUTORS);
                SparkTraining workers = new SparkTraining(session, division);
                RunDestination place = RunDestination.lock(Path.of(arguments[1]))) {
            ClusterProgram.Killer killer = new ClusterProgram.Killer(
                    ClusterProgram.processes(session, ClusterProgram.EXECUTORS)
                            .iterator()
                            .next(),
                    false);
            session.sparkContext().addSparkListener(killer);
            RunFolder run =
                    RunExecution.execute(settings, RunInputs.of(settings), place, new AtSecondRound(killer), workers);
            killer.requireLost(session, ClusterProgram.EXECUTORS);
            for (String file : List.of("model", "optimizer", "metrics.json", "samples-test.scores")) {
                ClusterProgram.require(
                        Files.mismatch(whole.path().resolve(file), run.path().resolve(file)) < 0, file + " differs");
            }
            ClusterProgram.say("one executor killed; the run as that of executors that lived");
        }
    }

    /** Kills when two rounds are done, a moment later, when the third may be under way. */
    private static final class AtSecondRound implements TrainingListener {
        private final ClusterProgram.Killer killer;
        private int rounds;

        AtSecondRound(ClusterProgram.Killer killer) {
            this.killer = killer;
        }

        @Override
        public void step(StepProgress progress) {
            if (++rounds == 2) {
                new Thread(() -> {
                            try {
                                Thread.sleep(30);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            killer.kill();
                        })
                        .start();
            }
        }
    }
}
