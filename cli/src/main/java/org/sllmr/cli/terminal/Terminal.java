// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The two streams of the program: one for results, one for everything else. Escape sequences, which can only come from
 * names in data, are shown escaped.
 *
 * <p>While there is a progress bar on the last line, all other lines, logs included, are written above it.
 */
public final class Terminal {
    /** Set by the launcher to the terminal width of standard error; absent if it is not a terminal. */
    public static final String COLUMNS = "sllmr.terminal.columns";

    private static final int USUAL_WIDTH = 80;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream results;
    private final PrintStream messages;
    private final int columns;
    private final LongSupplier nanoTime;
    private @Nullable String bar;

    /**
     * A terminal with the given streams.
     *
     * @param results stream for results
     * @param messages stream for everything else
     * @param columns terminal width of {@code messages}, or 0 if it is not a terminal
     * @param nanoTime the clock
     */
    public Terminal(OutputStream results, OutputStream messages, int columns, LongSupplier nanoTime) {
        this.results = new PrintStream(TerminalEscapes.stream(results), false, StandardCharsets.UTF_8);
        this.messages = new PrintStream(messages, true, StandardCharsets.UTF_8);
        this.columns = columns;
        this.nanoTime = nanoTime;
    }

    /** The terminal of this process; it redirects {@link System#err} through itself. */
    public static Terminal ofProcess() {
        Terminal terminal = new Terminal(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Integer.getInteger(COLUMNS, 0),
                System::nanoTime);
        System.setErr(new PrintStream(terminal.new Lines(), true, StandardCharsets.UTF_8));
        return terminal;
    }

    /** The UTF-8 stream for results; flushed by {@link #finish()}. */
    public PrintStream results() {
        return results;
    }

    /** Writes a message of one or more lines. */
    public synchronized void say(String message) {
        String clear = bar == null ? "" : CLEAR_LINE;
        messages.print(clear + TerminalEscapes.text(message) + System.lineSeparator() + (bar == null ? "" : bar));
        messages.flush();
    }

    /**
     * Starts to show the progress of a task.
     *
     * @param label name of the task, such as {@code epoch 3}
     * @param total total steps, or 0 if unknown
     */
    public Progress progress(String label, long total) {
        return progress(label, 0, total);
    }

    /**
     * Starts to show the progress of a task that goes on.
     *
     * @param label name of the task
     * @param from steps done before, which do not count for the time left
     * @param total total steps, or 0 if unknown
     */
    public Progress progress(String label, long from, long total) {
        return columns > 0 ? new BarProgress(this, label, from, total) : new LineProgress(this, label, from, total);
    }

    /** Flushes the results; false if writing failed, as on a full disk or a closed pipe. */
    public boolean finish() {
        return !results.checkError();
    }

    synchronized void show(String line) {
        // The last column stays free, because a terminal that wraps there would scroll at every redraw.
        String shown = TerminalEscapes.text(line.replace('\n', ' '));
        bar = shown.length() < columns ? shown : shown.substring(0, columns - 1);
        messages.print(CLEAR_LINE + bar);
        messages.flush();
    }

    synchronized void clear() {
        if (bar != null) {
            bar = null;
            messages.print(CLEAR_LINE);
            messages.flush();
        }
    }

    /** Width for results: that of the terminal, or 80 if there is none. */
    public int width() {
        return columns > 0 ? columns : USUAL_WIDTH;
    }

    int columns() {
        return columns;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Splits what is written to {@link System#err} into lines. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                say(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (b != '\r') {
                line.write(b);
            }
        }
    }
}
