// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.command.ReportingCommand;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.file.Reason;
import org.sllmr.training.TrainingDivergedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into messages that the user can act on, and exit codes. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    /** The shell's exit code for a program ended by Ctrl-C: 128 plus the signal's number. */
    static final int STOPPED = 130;

    private final Terminal terminal;
    private final BooleanSupplier stopping;
    private final List<String> arguments;
    private final List<Path> reports;

    /**
     * The failures of one command line.
     *
     * @param stopping whether the user is stopping the process; then every failure counts as a stop
     * @param reports folders for the file of an internal error; the first writable one is used
     */
    Failures(Terminal terminal, BooleanSupplier stopping, List<String> arguments, List<Path> reports) {
        this.terminal = terminal;
        this.stopping = stopping;
        this.arguments = List.copyOf(arguments);
        this.reports = List.copyOf(reports);
    }

    /** The failures of a process that is not being stopped, with the default report folders. */
    Failures(Terminal terminal, String... arguments) {
        this(terminal, () -> false, List.of(arguments), reportFolders());
    }

    /** The working folder, then the temporary folder. */
    static List<Path> reportFolders() {
        return List.of(Path.of(""), Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        List<String> unknown = failure instanceof MissingParameterException ? unknown(command, arguments) : List.of();
        if (!unknown.isEmpty()) {
            // Checked by the parser only when nothing is missing.
            UnmatchedArgumentException unmatched = new UnmatchedArgumentException(command, unknown);
            terminal.say("sllmr: " + unmatched.getMessage());
            suggest(unmatched);
        }
        terminal.say("sllmr: " + failure.getMessage());
        if (failure instanceof UnmatchedArgumentException unmatched) {
            suggest(unmatched);
        }
        terminal.say("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return WRONG_USAGE;
    }

    private void suggest(UnmatchedArgumentException unmatched) {
        StringWriter suggestions = new StringWriter();
        if (UnmatchedArgumentException.printSuggestions(unmatched, new PrintWriter(suggestions, true))) {
            terminal.say(suggestions.toString().strip());
        }
    }

    /** The arguments that look like long options and are none of the command or those above it. */
    private static List<String> unknown(CommandLine command, String... arguments) {
        Set<String> known = new HashSet<>();
        for (CommandLine one = command; one != null; one = one.getParent()) {
            known.addAll(one.getCommandSpec().optionsMap().keySet());
            known.addAll(one.getCommandSpec().negatedOptionsMap().keySet());
        }
        return Arrays.stream(arguments)
                .takeWhile(argument -> !argument.equals("--"))
                .filter(argument -> argument.startsWith("--"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(name -> !known.contains(name))
                .distinct()
                .toList();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
        String goesOn = command.getCommand() instanceof ReportingCommand<?> reporting ? reporting.whenStopped() : "";
        return report(failure, goesOn);
    }

    /** Reports a failure; the stack trace only on request. */
    int report(Throwable failure) {
        return report(failure, "");
    }

    private int report(Throwable failure, String goesOn) {
        if (arguments.contains(Sllmr.DEBUG)) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            terminal.say(trace.toString().strip());
        }
        if (isStop(failure) || stopping.getAsBoolean()) {
            terminal.say("sllmr: stopped" + (goesOn.isEmpty() ? "" : "; " + goesOn));
            return STOPPED;
        }
        terminal.say("sllmr: " + words(failure).orElseGet(() -> internal(failure)));
        return FAILED;
    }

    private String internal(Throwable failure) {
        return "internal error, please report: " + failure
                + new ErrorReport(failure, arguments, System.getenv())
                        .write(reports, Instant.now())
                        .map(file -> "; please attach " + file + " (check its contents first)")
                        .orElse("; --debug shows the stack trace");
    }

    private static boolean isStop(@Nullable Throwable failure) {
        return failure instanceof InterruptedException
                || failure instanceof CancellationException
                || failure instanceof ClosedByInterruptException
                || (failure instanceof UncheckedIOException unchecked && isStop(unchecked.getCause()));
    }

    /** The message of a failure; empty for an internal error. */
    private static Optional<String> words(Throwable failure) {
        if (failure instanceof InvalidInputException invalid) {
            return Optional.of(
                    invalid.problems().size() == 1 ? invalid.problems().get(0).toString() : list(invalid));
        } else if (failure instanceof TrainingDivergedException) {
            return Optional.of(String.valueOf(failure.getMessage()));
        } else if (failure instanceof UncheckedIOException && failure.getCause() instanceof IOException cause) {
            return Optional.of(fileWords(cause));
        } else if (failure instanceof IOException io) {
            return Optional.of(fileWords(io));
        } else if (isOutOfMemory(failure)) {
            return Optional.of(memory(String.valueOf(failure.getMessage())));
        } else if (failure instanceof LinkageError) {
            return Optional.of("a library could not be loaded: " + failure + "; 'sllmr doctor' looks for the cause");
        }
        return Optional.empty();
    }

    /** Recognizes also the messages of native libraries. */
    private static boolean isOutOfMemory(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof OutOfMemoryError
                || message.contains("bad_alloc")
                || message.contains("Failed to allocate memory");
    }

    private static String memory(String message) {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        boolean beside = message.contains("native")
                || message.contains("Direct buffer")
                || message.contains("Physical memory")
                || message.contains("alloc");
        return beside
                ? "not enough memory outside the Java heap (" + message + "): the heap takes up to " + heap + " MiB;"
                        + " set SLLMR_HEAP lower, or run fewer --jobs at once"
                : "not enough memory: the heap is " + heap + " MiB; set SLLMR_HEAP higher, such as SLLMR_HEAP=4g";
    }

    private static String list(InvalidInputException invalid) {
        StringBuilder text = new StringBuilder(invalid.problems().size() + " problems");
        for (Problem problem : invalid.problems()) {
            text.append(System.lineSeparator()).append("  ").append(problem);
        }
        return text.toString();
    }

    private static String fileWords(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof NoSuchFileException) {
            return message + ": there is no such file or folder";
        } else if (failure instanceof AccessDeniedException) {
            return message + ": no permission; choose another place or change its permissions";
        } else if (failure instanceof FileAlreadyExistsException) {
            return message + ": exists already; choose another path or remove it";
        } else if (message.contains("No space left")) {
            return message + "; free some space or choose another place";
        } else if (failure instanceof FileSystemException) {
            return message + "; choose another place";
        }
        return Reason.of(failure);
    }
}
