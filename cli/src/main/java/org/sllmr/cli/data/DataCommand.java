// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import picocli.CommandLine.Command;

/** The commands for datasets. */
@Command(
        name = "data",
        description = "Make, fetch and describe datasets.",
        subcommands = {DemoCommand.class, FetchCommand.class, PrepareCommand.class, DescribeCommand.class})
public final class DataCommand {}
