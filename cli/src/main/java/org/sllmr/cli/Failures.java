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
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into words that the user can act on, and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    /** What a shell reports of a program that an interrupt from the keyboard ended: 128 and the signal's number. */
    static final int STOPPED = 130;

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        terminal.say("sllmr: " + failure.getMessage());
        if (failure instanceof UnmatchedArgumentException unmatched) {
            StringWriter suggestions = new StringWriter();
            if (UnmatchedArgumentException.printSuggestions(unmatched, new PrintWriter(suggestions, true))) {
                terminal.say(suggestions.toString().strip());
            }
        }
        terminal.say("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return WRONG_USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return report(failure, root.getCommand() instanceof Sllmr sllmr && sllmr.debug());
    }

    /** Reports any failure; the stack trace only on request. */
    int report(Throwable failure, boolean debug) {
        if (debug) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            terminal.say(trace.toString().strip());
        }
        if (isStop(failure)) {
            terminal.say("sllmr: stopped");
            return STOPPED;
        }
        terminal.say("sllmr: " + words(failure));
        return FAILED;
    }

    private static boolean isStop(@Nullable Throwable failure) {
        return failure instanceof InterruptedException
                || failure instanceof CancellationException
                || failure instanceof ClosedByInterruptException
                || (failure instanceof UncheckedIOException unchecked && isStop(unchecked.getCause()));
    }

    private static String words(Throwable failure) {
        if (failure instanceof InvalidInputException invalid) {
            return invalid.problems().size() == 1 ? invalid.problems().get(0).toString() : list(invalid);
        } else if (failure instanceof UncheckedIOException && failure.getCause() instanceof IOException cause) {
            return words(cause);
        } else if (failure instanceof IOException io) {
            return words(io);
        } else if (failure instanceof OutOfMemoryError) {
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            return "not enough memory: the heap is " + heap + " MiB; set SLLMR_HEAP to more, such as SLLMR_HEAP=4g";
        } else if (failure instanceof LinkageError) {
            return "a library could not be loaded: " + failure + "; 'sllmr doctor' looks for the cause";
        }
        return "unexpected failure: " + failure + "; this is a defect, --debug shows where";
    }

    private static String list(InvalidInputException invalid) {
        StringBuilder text = new StringBuilder(invalid.problems().size() + " problems");
        for (Problem problem : invalid.problems()) {
            text.append(System.lineSeparator()).append("  ").append(problem);
        }
        return text.toString();
    }

    private static String words(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof NoSuchFileException) {
            return message + ": there is no such file or folder";
        } else if (failure instanceof AccessDeniedException) {
            return message + ": no permission; choose another place or change its permissions";
        } else if (failure instanceof FileAlreadyExistsException) {
            return message + ": exists already; choose another place or remove it";
        } else if (message.contains("No space left")) {
            return message + "; free some space or choose another place";
        } else if (failure instanceof FileSystemException) {
            return message;
        }
        return failure.getClass() == IOException.class ? message : failure.toString();
    }
}
