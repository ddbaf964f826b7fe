// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import picocli.CommandLine.Command;

/** The commands that work on Apache Spark. */
@Command(
        name = "spark",
        description = {
            "Do the work of other commands on Apache Spark.",
            "Here it runs on all processors of this machine; its first use fetches Spark. 'spark-submit' runs the same on a"
                    + " cluster."
        },
        subcommands = {
            SparkPrepareCommand.class,
            SparkPlanCommand.class,
            SparkScoreCommand.class,
            SparkTrainCommand.class,
            SparkRecommendCommand.class,
            SparkEvaluateCommand.class
        })
public final class SparkCommand {}
