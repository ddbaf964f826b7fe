// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.sllmr.cli.terminal.Terminal;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command with a result, printed as text or, with {@code --json}, as JSON.
 *
 * <p>Nothing is printed before the result is complete, so standard output never holds a partial one.
 *
 * @param <R> the result: a record of numbers, texts, lists and records, whose components are the keys of the JSON object
 */
public abstract class ReportingCommand<R extends Record> implements Callable<Integer> {
    /** Created on first use, because help is faster without it. */
    private static final class Json {
        private static final JsonMapper MAPPER =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

        private Json() {}
    }

    private final Terminal terminal;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** A command that uses the given terminal. */
    protected ReportingCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Does the work.
     *
     * @throws IOException if files cannot be read or written
     * @throws InterruptedException if the user stopped it
     */
    protected abstract R result() throws IOException, InterruptedException;

    /** Prints a result as text. */
    protected abstract void print(R result, PrintStream out);

    /** The exit code of a result: 0 unless it reports a failure. */
    protected int exitCode(R result) {
        return 0;
    }

    /** A message for a user who has stopped the command, such as how to resume; may be empty. */
    public String whenStopped() {
        return "";
    }

    /** The terminal for progress and messages. */
    protected final Terminal terminal() {
        return terminal;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        R result = result();
        if (json) {
            terminal.results().println(Json.MAPPER.writeValueAsString(result));
        } else {
            print(result, terminal.results());
        }
        return exitCode(result);
    }
}
