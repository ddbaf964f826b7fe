// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

/** A progress bar that is redrawn in place, at most ten times a second. */
final class BarProgress implements Progress {
    private static final long INTERVAL = 100_000_000;
    private static final int WIDEST = 30;

    private final Terminal terminal;
    private final String label;
    private final long from;
    private final long total;
    private final long start;
    private long next;
    private boolean closed;

    BarProgress(Terminal terminal, String label, long from, long total) {
        this.terminal = terminal;
        this.label = label;
        this.from = from;
        this.total = total;
        this.start = terminal.now();
        this.next = start;
    }

    @Override
    public synchronized void at(long done, String detail) {
        long now = terminal.now();
        if (closed || now - next < 0) {
            return;
        }
        next = now + INTERVAL;
        Pace pace = new Pace(from, done, total, now - start);
        String tail = pace.words() + (detail.isEmpty() ? "" : ", " + detail);
        terminal.show(label + " " + (total > 0 ? bar(pace.percent()) + " " : "") + tail);
    }

    private String bar(int percent) {
        int width = Math.min(WIDEST, terminal.columns() / 4);
        int full = width * percent / 100;
        return "[" + "#".repeat(full) + ".".repeat(width - full) + "]";
    }

    @Override
    public synchronized void end(String line) {
        if (!closed) {
            closed = true;
            terminal.clear();
            terminal.say(line + ", " + Pace.time(terminal.now() - start));
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            terminal.clear();
            terminal.say(label + ": " + Pace.time(terminal.now() - start));
        }
    }
}
