// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import picocli.CommandLine.Command;

/** The commands for the teacher. */
@Command(
        name = "score",
        description = "Ask the teacher, and describe its scores.",
        subcommands = {
            PlanCommand.class,
            ShowCommand.class,
            RunCommand.class,
            SamplesCommand.class,
            TextsCommand.class,
            StatusCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            DescribeCommand.class,
            AgreementCommand.class,
            ShuffleCommand.class,
            OracleCommand.class
        })
public final class ScoreCommand {}
