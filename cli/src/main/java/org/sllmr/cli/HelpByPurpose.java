// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sllmr.cli.command.Purpose;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands in the program's help: grouped by purpose, with the commands below a command spelt out. */
final class HelpByPurpose implements IHelpSectionRenderer {
    private static final int NAMES = 24;
    private static final int WIDTH = 80;

    private final Map<Purpose, List<String>> names = new LinkedHashMap<>();

    HelpByPurpose(List<Commands.Registered> commands) {
        for (Commands.Registered command : commands) {
            names.computeIfAbsent(command.purpose(), purpose -> new ArrayList<>())
                    .add(command.type().getAnnotation(CommandLine.Command.class).name());
        }
    }

    @Override
    public String render(Help help) {
        StringBuilder text = new StringBuilder();
        for (Purpose purpose : Purpose.values()) {
            if (names.containsKey(purpose)) {
                TextTable table = TextTable.forColumns(
                        help.colorScheme(),
                        new Column(NAMES, 2, Column.Overflow.SPAN),
                        new Column(WIDTH - NAMES, 2, Column.Overflow.WRAP));
                for (String name : names.get(purpose)) {
                    addLeaves(
                            Objects.requireNonNull(
                                    help.commandSpec().subcommands().get(name)),
                            name,
                            table);
                }
                text.append(System.lineSeparator())
                        .append(purpose.heading())
                        .append(':')
                        .append(System.lineSeparator())
                        .append(table);
            }
        }
        return text.toString();
    }

    private static void addLeaves(CommandLine command, String name, TextTable table) {
        Map<String, CommandLine> below = command.getSubcommands();
        if (below.isEmpty()) {
            String[] description = command.getCommandSpec().usageMessage().description();
            table.addRowValues(name, description.length == 0 ? "" : description[0]);
        }
        below.forEach((key, leaf) -> addLeaves(leaf, name + " " + key, table));
    }
}
