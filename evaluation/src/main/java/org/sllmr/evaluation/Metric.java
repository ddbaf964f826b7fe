// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Locale;

/** A number that models are compared by: what it is called, which way is better, and how it is printed. */
public interface Metric {
    /** Its name in files and settings, such as {@code aucCold}; never changes, so that old files stay readable. */
    String key();

    /** Its name for people, such as {@code AUC, cold users}. */
    String label();

    /** Whether more of it is better, as of AUC and unlike log loss. */
    boolean higherIsBetter();

    /** How many decimals it is printed with. */
    int decimals();

    /** A value as tables show it. */
    default String text(double value) {
        return String.format(Locale.ROOT, "%,." + decimals() + "f", value);
    }

    /** A difference of two values as tables show it, with its sign; 0 has none. */
    default String signed(double difference) {
        String text = String.format(Locale.ROOT, "%+,." + decimals() + "f", difference);
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero ? text.substring(1) : text;
    }
}
