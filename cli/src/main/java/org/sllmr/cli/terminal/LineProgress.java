// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

/** A plain line every ten seconds, for logs and pipes. */
final class LineProgress implements Progress {
    private static final long INTERVAL = 10_000_000_000L;

    private final Terminal terminal;
    private final String label;
    private final long from;
    private final long total;
    private final long start;
    private long next;
    private boolean closed;

    LineProgress(Terminal terminal, String label, long from, long total) {
        this.terminal = terminal;
        this.label = label;
        this.from = from;
        this.total = total;
        this.start = terminal.now();
        this.next = start + INTERVAL;
    }

    @Override
    public synchronized void at(long done, String detail) {
        long now = terminal.now();
        if (closed || now - next < 0) {
            return;
        }
        next = now + INTERVAL;
        String tail = detail.isEmpty() ? "" : ", " + detail;
        terminal.say(label + ": " + new Pace(from, done, total, now - start).words() + tail);
    }

    @Override
    public synchronized void end(String line) {
        if (!closed) {
            closed = true;
            terminal.say(line + ", " + Pace.time(terminal.now() - start));
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            terminal.say(label + ": " + Pace.time(terminal.now() - start));
        }
    }
}
