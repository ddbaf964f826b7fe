// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/**
 * Progress and remaining time as text.
 *
 * @param from steps that were done at the start
 * @param done steps done, those at the start included
 * @param total total steps, or 0 if unknown
 * @param nanos time since the start
 */
record Pace(long from, long done, long total, long nanos) {
    /** Such as {@code 45 % (12,345 of 27,000), 12 s left}. */
    String words() {
        if (total <= 0) {
            return count(done);
        }
        return percent() + " % (" + count(done) + " of " + count(total) + ")" + left();
    }

    /** Percent, rounded down, so that 100 means done. */
    int percent() {
        return total <= 0 ? 0 : (int) Math.min(100, Math.max(0, done * 100.0 / total));
    }

    private String left() {
        if (done <= from || done >= total) {
            return "";
        }
        return ", " + time((long) (nanos * ((double) (total - done) / (done - from)))) + " left";
    }

    /** Such as {@code 0.4 s}, {@code 12 s} or {@code 1:05:09}. */
    static String time(long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        if (duration.toSeconds() < 10) {
            return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        } else if (duration.toMinutes() < 1) {
            return duration.toSeconds() + " s";
        } else if (duration.toHours() < 1) {
            return String.format(Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
        }
        return String.format(
                Locale.ROOT, "%d:%02d:%02d h", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
