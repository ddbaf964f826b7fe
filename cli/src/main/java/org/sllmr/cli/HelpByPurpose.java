// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.util.List;
import org.sllmr.cli.command.Purpose;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands in the program's help, grouped by purpose, with subcommands. */
final class HelpByPurpose implements IHelpSectionRenderer {
    private static final int NAMES = 24;
    private static final int WIDTH = 80;

    private final List<Commands.Registered> commands;

    HelpByPurpose(List<Commands.Registered> commands) {
        this.commands = commands;
    }

    @Override
    public String render(Help help) {
        StringBuilder text = new StringBuilder();
        for (Purpose purpose : Purpose.values()) {
            List<Commands.Registered> own = commands.stream()
                    .filter(command -> command.purpose() == purpose)
                    .toList();
            if (!own.isEmpty()) {
                TextTable table = TextTable.forColumns(
                        help.colorScheme(),
                        new Column(NAMES, 2, Column.Overflow.SPAN),
                        new Column(WIDTH - NAMES, 2, Column.Overflow.WRAP));
                own.forEach(command -> addLeaves(command.annotation(), "", table));
                text.append(System.lineSeparator())
                        .append(purpose.heading())
                        .append(':')
                        .append(System.lineSeparator())
                        .append(table);
            }
        }
        return text.toString();
    }

    /** Uses the annotations only, because setting up every command would be slow. */
    private static void addLeaves(Command command, String before, TextTable table) {
        String name = before + command.name();
        if (command.subcommands().length == 0) {
            table.addRowValues(name, command.description().length == 0 ? "" : command.description()[0]);
        }
        for (Class<?> below : command.subcommands()) {
            addLeaves(below.getAnnotation(Command.class), name + " ", table);
        }
    }
}
