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
 * The two streams of the program: results go to one, everything else to the other. Escape sequences in what is
 * written, which only names from data can hold, are shown and not obeyed.
 *
 * <p>While a progress bar stands on the last line, lines from anywhere, logs included, are written above it.
 */
public final class Terminal {
    /** Set by the launcher to the width of the terminal that standard error is connected to; absent if it is none. */
    public static final String COLUMNS = "sllmr.terminal.columns";

    private static final int USUAL_WIDTH = 80;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream results;
    private final PrintStream messages;
    private final int columns;
    private final LongSupplier nanoTime;
    private @Nullable String bar;

    /**
     * A terminal on any streams.
     *
     * @param results where results go
     * @param messages where everything else goes
     * @param columns width of the terminal that {@code messages} is connected to, or 0 if it is connected to none
     * @param nanoTime the clock
     */
    public Terminal(OutputStream results, OutputStream messages, int columns, LongSupplier nanoTime) {
        this.results = new PrintStream(Harmless.stream(results), false, StandardCharsets.UTF_8);
        this.messages = new PrintStream(messages, true, StandardCharsets.UTF_8);
        this.columns = columns;
        this.nanoTime = nanoTime;
    }

    /** The terminal of this process; what is written to {@link System#err} from now on passes through it. */
    public static Terminal ofProcess() {
        Terminal terminal = new Terminal(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Integer.getInteger(COLUMNS, 0),
                System::nanoTime);
        System.setErr(new PrintStream(terminal.new Lines(), true, StandardCharsets.UTF_8));
        return terminal;
    }

    /** Where results go, in UTF-8; flushed by {@link #finish()}. */
    public PrintStream results() {
        return results;
    }

    /** Writes a message of one or more lines. */
    public synchronized void say(String message) {
        String clear = bar == null ? "" : CLEAR_LINE;
        messages.print(clear + Harmless.text(message) + System.lineSeparator() + (bar == null ? "" : bar));
        messages.flush();
    }

    /**
     * Starts to show how far a piece of work is.
     *
     * @param label what is being done, such as {@code epoch 3}
     * @param total how many steps there are, or 0 if that is not known
     */
    public Progress progress(String label, long total) {
        return columns > 0 ? new BarProgress(this, label, total) : new LineProgress(this, label, total);
    }

    /** Flushes the results; false if they could not all be written, as on a full disk or a closed pipe. */
    public boolean finish() {
        return !results.checkError();
    }

    synchronized void show(String line) {
        // The last column stays free: a terminal that wraps there would scroll at every redraw.
        String shown = Harmless.text(line.replace('\n', ' '));
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

    /** Columns that results may take: those of the terminal, or 80 where there is none to measure. */
    public int width() {
        return columns > 0 ? columns : USUAL_WIDTH;
    }

    int columns() {
        return columns;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** Cuts what others write into whole lines. */
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
