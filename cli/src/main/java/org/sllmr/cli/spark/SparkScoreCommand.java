// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import org.sllmr.cli.score.RunCommand;
import org.sllmr.cli.terminal.Terminal;
import picocli.CommandLine.Command;

/** Asks the teacher on Spark. */
@Command(
        name = "score",
        description = {
            "Ask the teacher about a dataset's users on Spark, and write its scores.",
            "The file has the bytes of that of 'sllmr score run', whatever the number of tasks.",
            "For a language model the limits of language.run, and the budget, hold for all tasks together. --store is a"
                    + " folder that driver and executors share; a lost executor or a second start asks only for what is"
                    + " missing there."
        })
final class SparkScoreCommand extends RunCommand {
    /** A command that reports on the given terminal. */
    SparkScoreCommand(Terminal terminal) {
        super(terminal, new TeacherWorkOnSpark());
    }

    @Override
    public String whenStopped() {
        return "the same command resumes; vectors of texts and answers are kept";
    }
}
