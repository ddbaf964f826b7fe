// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.sllmr.cli.command.OptionChoices;
import org.sllmr.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Starts the program. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        if (Arrays.asList(arguments).contains(Sllmr.DEBUG)) {
            // Only read before the first logger exists.
            System.setProperty("org.slf4j.simpleLogger.log.org.sllmr", "debug");
        }
        Terminal terminal = Terminal.ofProcess();
        int code;
        boolean stopping;
        try (Interruption interruption = Interruption.of(Thread.currentThread())) {
            List<String> line = Arrays.asList(arguments);
            Failures failures = new Failures(terminal, interruption::stopping, line, Failures.reportFolders());
            code = run(terminal, failures, Commands.ALL, arguments);
            stopping = interruption.stopping();
        }
        if (!stopping) {
            System.exit(code);
        }
    }

    /** Runs one command of the given ones; returns the exit code. */
    static int run(Terminal terminal, Failures failures, List<Commands.Registered> commands, String... arguments) {
        int code;
        if (isDamaged(arguments)) {
            terminal.say("sllmr: an argument contains characters that the locale cannot decode ("
                    + System.getProperty("sun.jnu.encoding") + "); set LC_ALL=C.UTF-8, or another locale of UTF-8");
            return Failures.WRONG_USAGE;
        }
        try {
            code = commandLine(terminal, commands, failures, arguments).execute(arguments);
        } catch (RuntimeException | Error e) {
            // The parser handles only exceptions of commands.
            code = failures.report(e);
        }
        if (!terminal.finish() && code == 0) {
            terminal.say("sllmr: the result could not be written to standard output");
            return Failures.FAILED;
        }
        return code;
    }

    /** The tree of the given commands, ready to parse. */
    static CommandLine commandLine(
            Terminal terminal, List<Commands.Registered> commands, Failures failures, String... arguments) {
        IFactory factory = new Construction(terminal);
        CommandLine root = new CommandLine(new Sllmr(), factory);
        for (Commands.Registered command : Commands.meant(commands, arguments)) {
            root.addSubcommand(new CommandLine(construct(factory, command.type()), factory));
        }
        OptionChoices.register(root);
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new HelpByPurpose(commands));
        return root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new PrintWriter(terminal.results(), true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /** Whether Java could not decode an argument, so that it would name another file or column. */
    private static boolean isDamaged(String... arguments) {
        return !"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"))
                && Arrays.stream(arguments).anyMatch(argument -> argument.indexOf('\ufffd') >= 0);
    }

    private static Object construct(IFactory factory, Class<?> type) {
        try {
            return factory.create(type);
        } catch (Exception e) {
            throw new IllegalStateException("cannot construct the command " + type, e);
        }
    }

    /** Passes the terminal to commands whose constructor takes it. */
    private record Construction(Terminal terminal) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Terminal.class})) {
                    constructor.setAccessible(true);
                    return type.cast(constructor.newInstance(terminal));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
