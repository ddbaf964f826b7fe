// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Rules for every command of the program. */
class CommandsTest {
    private static final Terminal TERMINAL =
            new Terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream(), 0, System::nanoTime);

    private static CommandLine root() {
        return Main.commandLine(TERMINAL, Commands.ALL, new Failures(TERMINAL));
    }

    private static List<CommandLine> tree(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(below -> all.addAll(tree(below)));
        return all;
    }

    @Test
    void everyCommandClassCanBeReached() {
        List<String> written = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.sllmr.cli").stream()
                        .filter(type -> type.isAnnotatedWith(Command.class))
                        .map(JavaClass::getName)
                        .toList();
        assertThat(written).isNotEmpty();
        assertThat(tree(root()))
                .extracting(command -> command.getCommand().getClass().getName())
                .containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void everyCommandIsInTheHelp() {
        String help = Invocation.of(Commands.ALL, "--help").results();
        for (CommandLine command : tree(root())) {
            if (command.getParent() != null && command.getSubcommands().isEmpty()) {
                String name = command.getCommandSpec().qualifiedName().substring("sllmr ".length());
                assertThat(help.lines().map(String::strip))
                        .anyMatch(line -> line.equals(name) || line.startsWith(name + " "));
            }
        }
    }

    @Test
    void choicesAreListedAsTheyAreWritten() {
        int choices = 0;
        for (CommandLine command : tree(root())) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.type().isEnum()) {
                    choices++;
                    assertThatThrownBy(() -> command.parseArgs(option.longestName(), "Nothing"))
                            .hasMessageMatching("Invalid value for option '" + option.longestName()
                                    + "': 'Nothing' is not one of [a-z0-9-]+(, [a-z0-9-]+)+");
                }
            }
        }
        assertThat(choices).isGreaterThan(4);
    }

    @Test
    void everyCommandAndOptionIsDescribedInOneSentence() {
        for (CommandLine command : tree(root())) {
            String name = command.getCommandSpec().qualifiedName();
            String[] description = command.getCommandSpec().usageMessage().description();
            assertThat(description).as(name).isNotEmpty();
            assertThat(description[0]).as(name).endsWith(".");
            for (ArgSpec argument : command.getCommandSpec().args()) {
                assertThat(argument.description()).as("%s %s", name, argument).isNotEmpty();
            }
            assertThat(command.getUsageMessage().lines()).as(name).allMatch(line -> line.length() <= 80);
        }
    }
}
