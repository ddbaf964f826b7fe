// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks;

import org.sllmr.benchmarks.epoch.EpochComparison;
import org.sllmr.benchmarks.micro.MicroBenchmarks;
import org.sllmr.benchmarks.preparation.PreparationSpeed;
import org.sllmr.benchmarks.profile.StepFloor;
import org.sllmr.benchmarks.profile.StepProfile;
import org.sllmr.benchmarks.ranking.RankingBenchmark;
import org.sllmr.benchmarks.scaling.Scaling;
import org.sllmr.benchmarks.scoring.ScoringThroughput;
import org.sllmr.benchmarks.serving.ServingBenchmark;
import org.sllmr.benchmarks.soak.Soak;
import org.sllmr.configuration.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs one benchmark; {@code benchmarks/run} calls it in the environment of {@code sllmr}. */
@Command(name = "benchmarks/run", description = "Benchmarks of sllmr.", mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    /** Runs a benchmark and ends the process: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .addSubcommand(new EpochComparison(System.out, System.err))
                .addSubcommand(new RankingBenchmark(System.out, System.err))
                .addSubcommand(new ServingBenchmark(System.out))
                .addSubcommand(new Soak(System.out))
                .addSubcommand(new ScoringThroughput(System.out))
                .addSubcommand(new StepProfile(System.out))
                .addSubcommand(new StepFloor(System.out))
                .addSubcommand(new Scaling(System.out))
                .addSubcommand(new PreparationSpeed(System.out))
                .addSubcommand(new MicroBenchmarks())
                .setExecutionExceptionHandler((failure, command, result) -> {
                    if (failure instanceof InvalidInputException invalid) {
                        invalid.problems().forEach(problem -> System.err.println("benchmarks: " + problem));
                        return 1;
                    }
                    throw failure;
                })
                .execute(arguments));
    }
}
