// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.micro;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the JMH benchmarks. */
@Command(
        name = "micro",
        description = "JMH benchmarks of single loops.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class MicroBenchmarks implements Callable<Integer> {
    @Parameters(paramLabel = "PATTERN", arity = "0..1", description = "Regular expression for the names to run.")
    private String pattern = "org.sllmr.benchmarks";

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the results to this file.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws RunnerException {
        // A benchmark with a wrong result fails the run.
        ChainedOptionsBuilder options = new OptionsBuilder().include(pattern).shouldFailOnError(true);
        json.ifPresent(file -> options.resultFormat(ResultFormatType.JSON).result(file.toString()));
        new Runner(options.build()).run();
        return 0;
    }
}
