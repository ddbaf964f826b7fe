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
import org.sllmr.cli.train.CompareCommand;
import org.sllmr.cli.train.DiagnoseCommand;
import org.sllmr.cli.train.EvaluateCommand;
import org.sllmr.cli.train.TrainCommand;
import picocli.CommandLine.Command;

/** Every command under {@code sllmr}, in the order of the help; a new one is added here and nowhere else. */
final class Commands {
    /** A command class, annotated with picocli's {@code @Command}, and what it is for. */
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
            new Registered(Purpose.MODELS, CompareCommand.class),
            new Registered(Purpose.MODELS, DiagnoseCommand.class),
            new Registered(Purpose.EXPERIMENTS, ExperimentCommand.class),
            new Registered(Purpose.EXPERIMENTS, ReportCommand.class),
            new Registered(Purpose.EXPERIMENTS, TuneCommand.class),
            new Registered(Purpose.SETUP, DoctorCommand.class));

    private Commands() {}

    /**
     * The commands that a line of arguments can mean: the one that it names, or all of them where it names none, so that the
     * right one can be suggested. Each takes a while to set up.
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
