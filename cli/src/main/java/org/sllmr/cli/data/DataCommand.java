// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.data;

import picocli.CommandLine.Command;

/** The commands about datasets. */
@Command(
        name = "data",
        description = "Make, fetch and look at datasets.",
        subcommands = {DemoCommand.class, FetchCommand.class, PrepareCommand.class, DescribeCommand.class})
public final class DataCommand {}
