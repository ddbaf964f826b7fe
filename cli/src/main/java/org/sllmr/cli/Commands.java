// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.util.List;
import org.sllmr.cli.command.Purpose;
import org.sllmr.cli.data.DataCommand;
import org.sllmr.cli.doctor.DoctorCommand;
import org.sllmr.cli.experiment.ExperimentCommand;
import org.sllmr.cli.experiment.ReportCommand;
import org.sllmr.cli.experiment.TuneCommand;
import org.sllmr.cli.quickstart.QuickstartCommand;
import org.sllmr.cli.score.ScoreCommand;
import org.sllmr.cli.serve.ExportCommand;
import org.sllmr.cli.serve.RecommendCommand;
import org.sllmr.cli.serve.ServeCommand;
import org.sllmr.cli.spark.SparkCommand;
import org.sllmr.cli.train.BlendCommand;
import org.sllmr.cli.train.CompareCommand;
import org.sllmr.cli.train.DescribeCommand;
import org.sllmr.cli.train.DiagnoseCommand;
import org.sllmr.cli.train.EvaluateCommand;
import org.sllmr.cli.train.TrainCommand;
import picocli.CommandLine.Command;

/** All commands of {@code sllmr}, in the order of the help; new ones are added here. */
final class Commands {
    /** A command class, annotated with picocli's {@code @Command}, and its purpose. */
    record Registered(Purpose purpose, Class<?> type) {
        Command annotation() {
            return type.getAnnotation(Command.class);
        }
    }

    static final List<Registered> ALL = List.of(
            new Registered(Purpose.START, QuickstartCommand.class),
            new Registered(Purpose.DATA, DataCommand.class),
            new Registered(Purpose.TEACHER, ScoreCommand.class),
            new Registered(Purpose.MODELS, TrainCommand.class),
            new Registered(Purpose.MODELS, EvaluateCommand.class),
            new Registered(Purpose.MODELS, BlendCommand.class),
            new Registered(Purpose.MODELS, CompareCommand.class),
            new Registered(Purpose.MODELS, DiagnoseCommand.class),
            new Registered(Purpose.MODELS, DescribeCommand.class),
            new Registered(Purpose.SERVICE, ExportCommand.class),
            new Registered(Purpose.SERVICE, RecommendCommand.class),
            new Registered(Purpose.SERVICE, ServeCommand.class),
            new Registered(Purpose.EXPERIMENTS, ExperimentCommand.class),
            new Registered(Purpose.EXPERIMENTS, ReportCommand.class),
            new Registered(Purpose.EXPERIMENTS, TuneCommand.class),
            new Registered(Purpose.CLUSTER, SparkCommand.class),
            new Registered(Purpose.SETUP, DoctorCommand.class));

    private Commands() {}

    /**
     * The commands that the arguments can refer to: the one that they name, or all if they name none, so that a similar
     * one can be suggested. Only these are set up, because each takes time.
     */
    static List<Registered> meant(List<Registered> commands, String... arguments) {
        for (String argument : arguments) {
            for (Registered command : commands) {
                if (command.annotation().name().equals(argument)) {
                    return List.of(command);
                }
            }
            if (!argument.startsWith("-")) {
                return commands;
            }
        }
        boolean options = arguments.length > 0;
        return options ? List.of() : commands;
    }
}
