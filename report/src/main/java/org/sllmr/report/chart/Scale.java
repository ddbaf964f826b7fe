// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.Locale;

/**
 * A linear scale with round ticks.
 *
 * @param low first tick
 * @param step distance between ticks, above 0
 * @param steps number of steps, at least 1; the last tick is {@code low + steps * step}
 * @param from coordinate of the first tick
 * @param to coordinate of the last tick
 */
record Scale(double low, double step, int steps, double from, double to) {
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    /** The tightest scale with about {@code ticks} round ticks that covers {@code [minimum, maximum]}. */
    static Scale covering(double minimum, double maximum, int ticks, double from, double to) {
        double span = maximum > minimum ? maximum - minimum : Math.max(1e-3, Math.abs(maximum) * 0.1);
        double raw = span / ticks;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * 10;
        for (double round : ROUND) {
            if (round * power >= raw * 0.999) {
                step = round * power;
                break;
            }
        }
        double first = Math.floor(minimum / step + 1e-9);
        double last = Math.ceil(maximum / step - 1e-9);
        if (last <= first) {
            last = first + 1;
        }
        return new Scale(first * step, step, (int) (last - first), from, to);
    }

    double at(double value) {
        return from + (value - low) / (steps * step) * (to - from);
    }

    double tick(int index) {
        return low + index * step;
    }

    /** A tick's label with as many digits as the step needs. */
    String label(int index) {
        int digits = 0;
        while (digits < 6 && Math.abs(step * Math.pow(10, digits) - Math.rint(step * Math.pow(10, digits))) > 1e-6) {
            digits++;
        }
        double value = tick(index);
        return String.format(Locale.ROOT, "%,." + digits + "f", Math.abs(value) < step * 1e-6 ? 0 : value);
    }
}
