// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import org.sllmr.cli.score.PlanCommand;
import org.sllmr.cli.terminal.Terminal;
import picocli.CommandLine.Command;

/** Makes a candidate plan on Spark. */
@Command(
        name = "plan",
        description = {
            "Choose the items that the teacher is asked about, on Spark.",
            "The file has the bytes of that of 'sllmr score plan', whatever the number of tasks. The vectors of the items'"
                    + " texts are made by the driver and sent to all executors."
        })
final class SparkPlanCommand extends PlanCommand {
    /** A command that reports on the given terminal. */
    SparkPlanCommand(Terminal terminal) {
        super(terminal, new TeacherWorkOnSpark());
    }

    @Override
    public String whenStopped() {
        return "vectors of texts are kept; the plan is made anew";
    }
}
