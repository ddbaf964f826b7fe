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
            "The file has the bytes of that of 'sllmr score run', whatever the number of tasks."
        })
final class SparkScoreCommand extends RunCommand {
    /** A command that reports on the given terminal. */
    SparkScoreCommand(Terminal terminal) {
        super(terminal, new TeacherWorkOnSpark());
    }
}
