// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Locale;

/** A metric of models: its names, which direction is better, and how it is printed. */
public interface Metric {
    /** Its name in files and settings, such as {@code aucCold}. It never changes, so that old files stay readable. */
    String key();

    /** Its name in tables, such as {@code AUC, cold users}. */
    String label();

    /** Whether higher is better, as for AUC and unlike log loss. */
    boolean higherIsBetter();

    /** Whether a value is better than another one. */
    default boolean isBetter(double value, double than) {
        return higherIsBetter() ? value > than : value < than;
    }

    /** Number of decimals in tables. */
    int decimals();

    /** A value as tables show it. */
    default String text(double value) {
        return String.format(Locale.ROOT, "%,." + decimals() + "f", value);
    }

    /** A difference of two values as tables show it, with its sign unless it is 0. */
    default String signed(double difference) {
        String text = String.format(Locale.ROOT, "%+,." + decimals() + "f", difference);
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero ? text.substring(1) : text;
    }
}
